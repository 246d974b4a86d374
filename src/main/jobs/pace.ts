import type { Progress } from '../../pipeline/progress.ts';

/** How fast work goes and how long it will still take; null: nothing can be said yet. */
export interface Pace {
  /** Of this step, since it began. */
  readonly perSecond: number | null;
  readonly remainingMs: number | null;
}

/** Follows the reports of one piece of work, from its first one on. */
export function paceOf(nowMs: () => number): (progress: Progress) => Pace {
  let startedMs: number | undefined;
  let stepName = '';
  let stepStartedMs = 0;
  let stepStartedAt = 0;
  return (progress) => {
    const now = nowMs();
    startedMs ??= now;
    if (progress.step !== stepName) {
      stepName = progress.step;
      stepStartedMs = now;
      stepStartedAt = progress.done;
    }
    const doneInStep = progress.done - stepStartedAt;
    const stepMs = now - stepStartedMs;
    return { perSecond: rate(doneInStep, stepMs), remainingMs: leftMs(progress, doneInStep, stepMs, now - startedMs) };
  };
}

function rate(done: number, elapsedMs: number): number | null {
  return done <= 0 || elapsedMs < 500 ? null : (done * 1000) / elapsedMs;
}

/** The longer of two guesses: by the weight of the steps, and by the pace of this step. */
function leftMs({ fraction, done, total }: Progress, doneInStep: number, stepMs: number, wholeMs: number) {
  if (fraction <= 0.01 || fraction >= 1 || wholeMs < 1000) return null;
  // The steps before say nothing about one that counts and has just begun.
  if (doneInStep <= 0 && total - done > 1) return null;
  const byWeight = (wholeMs * (1 - fraction)) / fraction;
  const byPace = doneInStep > 0 ? ((total - done) * stepMs) / doneInStep : 0;
  return Math.max(byWeight, byPace);
}
