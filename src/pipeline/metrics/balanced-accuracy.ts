import { overallMetricInfo } from '../domain/metrics.ts';
import { meanOfDefined } from './confusion.ts';
import { sensitivityOf } from './sensitivity.ts';
import type { OverallMetric } from './types.ts';

/** Mean sensitivity over the classes that have cases, as scikit-learn's `balanced_accuracy_score`. */
export function balancedAccuracyOf(confusion: Float64Array, classes: number): number | null {
  return meanOfDefined(Array.from({ length: classes }, (_, index) => sensitivityOf(confusion, classes, index)));
}

export const balancedAccuracy: OverallMetric = {
  ...overallMetricInfo.balanced_accuracy,
  value: ({ confusion, classes }) => balancedAccuracyOf(confusion, classes),
};
