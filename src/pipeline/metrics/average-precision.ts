import { classMetricInfo } from '../domain/metrics.ts';
import type { ClassMetric, Ranking } from './types.ts';

/**
 * Average precision: precision at each distinct score, weighted by the recall gained there, without interpolation
 * (scikit-learn's `average_precision_score`). Guessing gives the share of the class, unlike AUC's 0.5. Null without positives.
 * @param weights of the cases, non-negative
 */
export function averagePrecisionOf({ order, positive, endsTie }: Ranking, weights: Float64Array): number | null {
  let called = 0;
  let found = 0;
  let foundHere = 0;
  let sum = 0;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const weight = weights[order[rank] ?? 0] ?? 0;
    called += weight;
    if (positive[rank] === 1) foundHere += weight;
    const startsTie = rank === 0 || endsTie[rank - 1] === 1;
    if (!startsTie || foundHere === 0) continue;
    found += foundHere;
    sum += foundHere * (found / called);
    foundHere = 0;
  }
  return found === 0 ? null : sum / found;
}

export const averagePrecision: ClassMetric = {
  ...classMetricInfo.average_precision,
  restsOn: 'both',
  value: ({ classPrecisions }, classIndex) => classPrecisions[classIndex] ?? null,
};
