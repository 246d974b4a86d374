import { useCallback, useEffect, useRef } from 'react';
import { usePush } from '../../../api.ts';

/** A running batch is told of ten times a second; nobody reads that fast. */
const leastGapMs = 1000;

/** Runs after rows, counts or outcome of a batch changed: at once, then once a second at most. */
export function useBatchPulse(batch: string, run: () => void): void {
  const beat = useBeat(run);
  usePush((push) => {
    if (push.topic === 'batch' && push.batch === batch) beat();
  });
}

/** The same for whichever batch. */
export function useAllBatchesPulse(run: () => void): void {
  const beat = useBeat(run);
  usePush((push) => {
    if (push.topic === 'batch') beat();
  });
}

function useBeat(run: () => void): () => void {
  const newest = useRef(run);
  const timer = useRef<number>(undefined);
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    newest.current = run;
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const waitMs = Math.max(0, lastMs.current + leastGapMs - performance.now());
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      lastMs.current = performance.now();
      newest.current();
    }, waitMs);
  }, []);
}
