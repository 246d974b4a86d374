import type { Dataset, Job } from '../../../../main/ipc/contract.ts';
import type { Values } from '../form/values.ts';

/** Why the next run would leak, in one sentence; undefined as far as it is known that it would not. */
export function leakReason(
  values: Values,
  split: Dataset['split'],
  lastJob: Pick<Job, 'state' | 'error'> | undefined,
): string | undefined {
  const strategy = values['split.strategy'];
  if (strategy === 'random-slices') {
    return 'Random slices put neighbouring slices of one patient on both sides.';
  }
  if (split !== null && !split.stale && split.strategy === strategy && split.leakingGroups > 0) {
    const groups = split.leakingGroups === 1 ? '1 patient group stands' : `${split.leakingGroups} patient groups stand`;
    return `${groups} on both sides of the split.`;
  }
  if (lastJob?.state === 'failed' && lastJob.error?.code === 'split/leak-refused') {
    return 'The last run was refused: the split has near-duplicate images on both sides.';
  }
  return undefined;
}
