import { useEffect, useState } from 'react';
import type { Params } from '../../../../pipeline/domain/params.ts';
import { useCall } from '../../../api.ts';

const pauseMs = 400;

/** What a run would cost, asked for when typing pauses. The old answer stays until the new one is there. */
export function useEstimate(params: Params | undefined) {
  const settled = useSettled(params);
  return useCall('training/estimate', settled === undefined ? null : { params: settled }, {
    refreshOn: (push) => push.topic === 'changed' && (push.what === 'dataset' || push.what === 'runs'),
  });
}

/** A value that has not changed for a moment. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
