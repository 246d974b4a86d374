import { overallMetricInfo } from '../domain/metrics.ts';
import { ratio, totalOf } from './confusion.ts';
import type { OverallMetric } from './types.ts';

/** Squared errors of one case summed over classes, 0..2 (Brier 1950; scikit-learn's `scale_by_half=False`). */
export function brierOf(probabilities: ArrayLike<number>, truth: number): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const error = (probabilities[k] ?? 0) - (k === truth ? 1 : 0);
    sum += error * error;
  }
  return sum;
}

/** Mean over cases. */
export const brier: OverallMetric = {
  ...overallMetricInfo.brier,
  value: ({ confusion, losses }) => ratio(losses[1] ?? 0, totalOf(confusion)),
};
