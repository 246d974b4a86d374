import type { Job } from '../../main/ipc/contract.ts';
import { formatCount, formatDuration, formatRate } from '../format/numbers.ts';

/** Whether its steps go image by image; others count epochs and folds. */
const countsImages: Readonly<Record<Job['kind'], boolean>> = {
  classify: true,
  ingest: true,
  demo: true,
  split: false,
  study: false,
  'demo-study': false,
  sweep: false,
  validate: false,
  'leak-meter': false,
  shortcuts: false,
  suspects: false,
  'verify-run': false,
  'mlflow-sync': false,
  'import-network': true,
  'data-push': false,
  'data-pull': false,
};

/** Where a job is, in a few words: `Classifying, 312 of 900, 41 images/s, 14 s left`. */
export function jobText({ kind, state, progress, startedAt, endedAt }: Job): string {
  if (state === 'queued') return 'Waiting for its turn';
  if (state === 'cancelling') return 'Stopping at the next safe point';
  if (state !== 'running') return endText(state, startedAt, endedAt);
  if (progress === null) return 'Starting';
  return [
    progress.step,
    progress.total > 0 ? `${formatCount(progress.done)} of ${formatCount(progress.total)}` : undefined,
    progress.perSecond === null || !countsImages[kind] ? undefined : formatRate(progress.perSecond),
    progress.remainingMs === null ? undefined : `${formatDuration(progress.remainingMs)} left`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

const endings = { completed: 'Completed', cancelled: 'Cancelled', failed: 'Failed' } as const;

function endText(state: keyof typeof endings, startedAt: string | null, endedAt: string | null): string {
  if (startedAt === null || endedAt === null) return endings[state];
  return `${endings[state]} after ${formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}`;
}
