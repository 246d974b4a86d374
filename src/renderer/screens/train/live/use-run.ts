import { useEffect, useMemo, useState } from 'react';
import { useCall, usePush } from '../../../api.ts';
import { type Epoch, hasGap, mergeEpochs } from './epochs.ts';

/** How long after a gap was seen the whole run is asked for. */
const refillMs = 1000;
const none: readonly Epoch[] = [];

/** A run with its epochs as they come: what the core has recorded, and what it says meanwhile. Keyed by the run's id. */
export function useRun(id: string) {
  const answer = useCall(
    'runs/get',
    { run: id },
    {
      refreshOn: (push) =>
        (push.topic === 'changed' && push.what === 'runs') ||
        (push.topic === 'job' && push.job.subject === id && push.job.endedAt !== null),
    },
  );
  const [news, setNews] = useState<readonly Epoch[]>(none);
  usePush((push) => {
    if (push.topic !== 'epoch' || push.run !== id) return;
    const { fold, metrics } = push;
    setNews((before) => mergeEpochs(before, [{ fold, metrics }]));
  });
  const recorded = answer.value?.run.epochs ?? none;
  const epochs = useMemo(() => mergeEpochs(recorded, news), [recorded, news]);
  const isIncomplete = hasGap(epochs);
  const { reload } = answer;
  useEffect(() => {
    if (!isIncomplete) return;
    const timer = setInterval(reload, refillMs);
    return () => clearInterval(timer);
  }, [isIncomplete, reload]);
  return { answer, run: answer.value?.run, epochs };
}
