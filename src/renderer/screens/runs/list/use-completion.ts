import { useEffect, useRef, useState } from 'react';
import { call } from '../../../api.ts';
import type { Completion } from './suggestion.ts';

/** A completion with the text and place that it is for. */
export interface PlacedCompletion extends Completion {
  readonly filter: string;
  readonly at: number;
}

/** What may stand at a place of a filter; the last answer stays until the next one is there. */
export function useCompletion(filter: string, at: number, wanted: boolean): PlacedCompletion | undefined {
  const [answer, setAnswer] = useState<PlacedCompletion>();
  const asked = useRef(0);
  useEffect(() => {
    const mine = ++asked.current;
    if (!wanted) return setAnswer(undefined);
    call('runs/complete', { filter, at })
      .then((completion) => {
        if (mine === asked.current) setAnswer({ ...completion, filter, at });
      })
      // Without suggestions a filter can still be written.
      .catch(() => setAnswer(undefined));
  }, [filter, at, wanted]);
  return answer;
}
