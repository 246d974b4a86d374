import { byCodePoint } from '../../domain/names.ts';
import type { SplitMethod } from './method.ts';

/**
 * Splits by image, stratified by class, as most published notebooks do. Neighbouring slices of a patient land on both
 * sides: it is here to show what such a split would claim.
 */
export const randomSlices: SplitMethod = (rows, params, random) => {
  const partOf = new Map<string, string>();
  const classes = [...Map.groupBy(rows, (row) => row.class)].sort(([a], [b]) => byCodePoint(a, b));
  for (const [, ofClass] of classes) {
    const test = Math.round(ofClass.length * params.test);
    const heldOut = Math.round(ofClass.length * Math.min(1, params.test + params.validation));
    for (const [i, row] of random.shuffled(ofClass).entries()) {
      partOf.set(row.image, i < test ? 'test' : i < heldOut ? 'validation' : 'train');
    }
  }
  return partOf;
};
