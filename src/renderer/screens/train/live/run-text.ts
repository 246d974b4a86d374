import type { Job } from '../../../../main/ipc/contract.ts';
import { formatCount, formatDuration, formatFigure } from '../../../format/numbers.ts';
import type { Epoch } from './epochs.ts';

/** How far a run is: `Training, 2 of 6, 16 s left`. */
export function progressText({ state, progress }: Pick<Job, 'state' | 'progress'>): string {
  if (state === 'queued') return 'Waits for its turn';
  if (state === 'cancelling') return 'Stopping at the next checkpoint';
  if (progress === null) return 'Starting';
  const { step, done, total, remainingMs } = progress;
  const parts = [step];
  if (total > 1) parts.push(`${formatCount(done)} of ${formatCount(total)}`);
  if (remainingMs !== null) parts.push(`${formatDuration(remainingMs)} left`);
  return parts.join(', ');
}

/** The newest epoch in words: `Fold 3, epoch 12: loss 0.412, balanced accuracy 0.815 (validation)`. */
export function newestText(epochs: readonly Epoch[]): string {
  const model = epochs.findLast(({ fold }) => fold === 0);
  const newest = model ?? epochs.at(-1);
  if (newest === undefined) return 'No epoch has ended yet.';
  const { fold, metrics } = newest;
  const where = fold === 0 ? `Epoch ${metrics.epoch}` : `Fold ${fold}, epoch ${metrics.epoch}`;
  const isWatched = metrics.validation_loss !== null;
  const loss = formatFigure(isWatched ? metrics.validation_loss : metrics.loss);
  const accuracy = formatFigure(isWatched ? metrics.validation_balanced_accuracy : metrics.balanced_accuracy);
  return `${where}: loss ${loss}, balanced accuracy ${accuracy} (${isWatched ? 'validation' : 'training'})`;
}
