import type { SplitRow } from '../../domain/dataset.ts';
import { byCodePoint } from '../../domain/names.ts';
import type { SplitStrategy } from '../../domain/params.ts';
import { randomFrom } from '../../domain/random.ts';
import type { SplitInput } from './groups.ts';
import { holdout } from './holdout.ts';
import { kFold } from './k-fold.ts';
import { leaveOneGroupOut } from './leave-one-group-out.ts';
import type { SplitMethod, SplitParams } from './method.ts';
import { randomSlices } from './random-slices.ts';

const methods: Record<SplitStrategy, SplitMethod> = {
  holdout,
  'k-fold': kFold,
  'leave-one-group-out': leaveOneGroupOut,
  'random-slices': randomSlices,
};

/**
 * Splits the images of a manifest into parts. All strategies but `random-slices` keep a patient group in one part.
 * The rows' order does not matter; the answer is sorted by image.
 * @param seed at least 1; equal seeds give equal splits
 * @throws HilumError `split/single-group`
 */
export function splitByGroup(rows: readonly SplitInput[], params: SplitParams, seed: number): SplitRow[] {
  const sorted = rows.toSorted((a, b) => byCodePoint(a.image, b.image));
  const partOf = methods[params.strategy](sorted, params, randomFrom('split', params.strategy, seed));
  return sorted.map(({ image }) => ({ image, part: partOf.get(image) ?? 'train' }));
}
