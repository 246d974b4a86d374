import type { Params } from '../domain/params.ts';

export type ClassWeightRule = Params['training']['class_weights'];

/**
 * Weight of each class in the loss. balanced: N / (present classes × images of the class), so that each class weighs the
 * same and the mean over the images is 1. A class without images gets 1: it has no part in training, and validation counts it as it is.
 * @param labels class index of each training image
 */
export function classWeights(rule: ClassWeightRule, labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  if (rule === 'none') return counts.map(() => 1);
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 1 : labels.length / (present * count)));
}
