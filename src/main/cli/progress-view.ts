import { SingleBar } from 'cli-progress';
import type { Progress } from '../../pipeline/progress.ts';
import type { ProgressView } from '../jobs/work-context.ts';

const plainLineEveryMs = 3000;

/** Progress on stderr with rate and time left; starts with the first report. */
export function progressView(stream: NodeJS.WriteStream, nowMs: () => number): ProgressView {
  let bar: SingleBar | undefined;
  let startedMs: number | undefined;
  let stepName = '';
  let stepStartedMs = 0;
  let stepStartedAt = 0;
  return {
    update(progress: Progress): void {
      const now = nowMs();
      if (startedMs === undefined) startedMs = now;
      if (progress.step !== stepName) {
        stepName = progress.step;
        stepStartedMs = now;
        stepStartedAt = progress.done;
      }
      const shown = {
        step: progress.step,
        count: `${progress.done} of ${progress.total}`,
        rate: rateText(progress.done - stepStartedAt, now - stepStartedMs),
        left: leftText(leftMs(progress, progress.done - stepStartedAt, now - stepStartedMs, now - startedMs)),
      };
      const permille = Math.round(progress.fraction * 1000);
      if (bar !== undefined) bar.update(permille, shown);
      else {
        bar = newBar(stream);
        bar.start(1000, permille, shown);
      }
    },
    stop(): void {
      bar?.stop();
      bar = undefined;
    },
  };
}

function newBar(stream: NodeJS.WriteStream): SingleBar {
  return new SingleBar({
    stream,
    format: '{bar} {percentage}% | {step}: {count}{rate}{left}',
    barsize: 24,
    hideCursor: false,
    noTTYOutput: true,
    notTTYSchedule: plainLineEveryMs,
    gracefulExit: false,
    fps: 8,
  });
}

function rateText(done: number, elapsedMs: number): string {
  if (done <= 0 || elapsedMs < 500) return '';
  const rate = (done * 1000) / elapsedMs;
  return `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
}

/** The longer of two guesses: by the weight of the steps, and by the pace of this step. 0: nothing can be said yet. */
function leftMs({ fraction, done, total }: Progress, doneInStep: number, stepMs: number, wholeMs: number): number {
  if (fraction <= 0.01 || fraction >= 1 || wholeMs < 1000) return 0;
  const byWeight = (wholeMs * (1 - fraction)) / fraction;
  const byPace = doneInStep > 0 ? ((total - done) * stepMs) / doneInStep : 0;
  return Math.max(byWeight, byPace);
}

function leftText(ms: number): string {
  return ms === 0 ? '' : `, ${durationText(ms)} left`;
}

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
