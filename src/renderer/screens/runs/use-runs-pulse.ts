import { useCallback, useEffect, useRef } from 'react';
import { type Push, usePush } from '../../api.ts';
import { useNewest } from '../../use-newest.ts';

/** Epochs of a small run come many times a second; nobody reads that fast. */
const leastGapMs = 1000;

/** Runs after runs were added, changed or went on: at once, then once a second at most. */
export function useRunsPulse(run: () => void, matters: (push: Push) => boolean = isAboutRuns): void {
  const newest = useNewest(run);
  const timer = useRef<number>(undefined);
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const beat = useCallback(() => {
    if (timer.current !== undefined) return;
    const waitMs = Math.max(0, lastMs.current + leastGapMs - performance.now());
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      lastMs.current = performance.now();
      newest.current();
    }, waitMs);
  }, [newest]);
  usePush((push) => {
    if (matters(push)) beat();
  });
}

function isAboutRuns(push: Push): boolean {
  return push.topic === 'epoch' || (push.topic === 'changed' && (push.what === 'runs' || push.what === 'workspace'));
}
