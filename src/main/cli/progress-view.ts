import { SingleBar } from 'cli-progress';
import type { Progress } from '../../pipeline/progress.ts';
import { paceOf } from '../jobs/pace.ts';
import type { ProgressView } from '../jobs/work-context.ts';

const plainLineEveryMs = 3000;

/** Progress on stderr with rate and time left; starts with the first report. */
export function progressView(stream: NodeJS.WriteStream, nowMs: () => number): ProgressView {
  let bar: SingleBar | undefined;
  const pace = paceOf(nowMs);
  return {
    update(progress: Progress): void {
      const { perSecond, remainingMs } = pace(progress);
      const shown = {
        step: progress.step,
        count: `${progress.done} of ${progress.total}`,
        rate: rateText(perSecond),
        left: remainingMs === null ? '' : `, ${durationText(remainingMs)} left`,
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

function rateText(perSecond: number | null): string {
  if (perSecond === null) return '';
  return `, ${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`;
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
