import { useCallback, useEffect, useRef } from 'react';
import { type Push, usePush } from './api.ts';
import { useNewest } from './use-newest.ts';

/** Pushes come up to ten times a second; nobody reads that fast. */
const leastGapMs = 1000;

/** Runs after pushes that matter: at once, then once a second at most. */
export function usePulse(run: () => void, matters: (push: Push) => boolean): void {
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
