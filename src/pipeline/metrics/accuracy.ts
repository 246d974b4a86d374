import { overallMetricInfo } from '../domain/metrics.ts';
import { ratio } from './confusion.ts';
import type { OverallMetric } from './types.ts';

/** Share of right answers; null without cases. @param confusion classes*classes, row-major */
export function accuracyOf(confusion: Float64Array, classes: number): number | null {
  let right = 0;
  let total = 0;
  for (let cell = 0; cell < confusion.length; cell++) {
    const count = confusion[cell] ?? 0;
    total += count;
    if (cell % (classes + 1) === 0) right += count;
  }
  return ratio(right, total);
}

export const accuracy: OverallMetric = {
  ...overallMetricInfo.accuracy,
  value: ({ confusion, classes }) => accuracyOf(confusion, classes),
};
