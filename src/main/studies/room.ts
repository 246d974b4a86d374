import { HilumError } from '../../pipeline/domain/errors.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import type { Estimate } from './estimate.ts';

/** A run may take so much of the memory that is free: the system and the page need some too. */
const safeShare = 0.9;

interface Need {
  readonly peakMb: number;
  readonly availableMb: number;
  /** What one image of a batch adds to the peak; 0 where the batch does not matter. */
  readonly mbPerImage: number;
  readonly params: Params;
}

/** null when there is room; else the largest batch of fine-tuning that has room. */
export function roomFor({ peakMb, availableMb, mbPerImage, params }: Need): Estimate['tooLarge'] {
  const surplusMb = peakMb - safeShare * availableMb;
  if (surplusMb <= 0) return null;
  if (mbPerImage === 0) return { batch: null };
  const batch = params.fine_tuning.batch_size - Math.ceil(surplusMb / mbPerImage);
  return { batch: batch >= 1 ? batch : null };
}

/** @throws HilumError `training/too-large` with what would fit */
export function requireRoom({ tooLarge, peakMemoryMb, availableMemoryMb }: Estimate): void {
  if (tooLarge === null) return;
  throw new HilumError('training/too-large', {
    neededMb: peakMemoryMb,
    availableMb: availableMemoryMb,
    ...(tooLarge.batch === null ? {} : { batch: tooLarge.batch }),
  });
}
