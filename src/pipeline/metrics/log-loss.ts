import { overallMetricInfo } from '../domain/metrics.ts';
import { ratio, totalOf } from './confusion.ts';
import type { OverallMetric } from './types.ts';

/** -ln of the probability of the true class, clipped to [eps, 1 - eps] with float64's eps, as scikit-learn's `log_loss`. */
export function logLossOf(probabilityOfTruth: number): number {
  return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probabilityOfTruth)));
}

/** Mean over cases, in nats. */
export const logLoss: OverallMetric = {
  ...overallMetricInfo.log_loss,
  value: ({ confusion, losses }) => ratio(losses[0] ?? 0, totalOf(confusion)),
};
