import type { Batch } from '../../../api.ts';

/** Some files of it have no result, and nobody is at work on them. */
export function canResume({ outcome }: Pick<Batch, 'outcome'>): boolean {
  return outcome === 'interrupted' || outcome === 'cancelled' || outcome === 'failed';
}
