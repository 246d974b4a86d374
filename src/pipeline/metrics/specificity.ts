import { classMetricInfo } from '../domain/metrics.ts';
import { binaryCounts, ratio } from './confusion.ts';
import type { ClassMetric } from './types.ts';

/** TN / (TN + FP); null when every case is of the class. */
export function specificityOf(confusion: Float64Array, classes: number, classIndex: number): number | null {
  const { trueNegatives, falsePositives } = binaryCounts(confusion, classes, classIndex);
  return ratio(trueNegatives, trueNegatives + falsePositives);
}

export const specificity: ClassMetric = {
  ...classMetricInfo.specificity,
  restsOn: 'negatives',
  value: ({ confusion, classes }, classIndex) => specificityOf(confusion, classes, classIndex),
};
