import { overallMetricInfo } from '../domain/metrics.ts';
import { binaryCounts, meanOfDefined, ratio } from './confusion.ts';
import type { OverallMetric } from './types.ts';

/**
 * Mean over classes of F1 = 2 TP / (2 TP + FP + FN). A class that is neither true nor predicted anywhere has no F1 and
 * is left out, as in scikit-learn's `f1_score(truth, predicted, average='macro')`; counting it as 0 would punish a
 * model for a class that the part (or the bootstrap resample) does not hold.
 */
export function macroF1Of(confusion: Float64Array, classes: number): number | null {
  return meanOfDefined(
    Array.from({ length: classes }, (_, index) => {
      const { truePositives, falsePositives, falseNegatives } = binaryCounts(confusion, classes, index);
      return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }),
  );
}

export const macroF1: OverallMetric = {
  ...overallMetricInfo.macro_f1,
  value: ({ confusion, classes }) => macroF1Of(confusion, classes),
};
