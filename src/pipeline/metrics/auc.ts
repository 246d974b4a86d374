import { classMetricInfo, overallMetricInfo } from '../domain/metrics.ts';
import { meanOfDefined } from './confusion.ts';
import type { ClassMetric, OverallMetric, Ranking } from './types.ts';

/** Sorts the cases once by score; scores are finite. @param positives 1 where the case is of the class */
export function rankByScore(scores: Float64Array, positives: Uint8Array): Ranking {
  const order = Int32Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b);
  const endsTie = new Uint8Array(order.length);
  const positive = new Uint8Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    const index = order[rank] ?? 0;
    positive[rank] = positives[index] ?? 0;
    endsTie[rank] = rank + 1 === order.length || scores[index] !== scores[order[rank + 1] ?? 0] ? 1 : 0;
  }
  return { order, positive, endsTie };
}

/**
 * Area under the ROC curve = share of (positive, negative) pairs in which the positive has the greater score, ties count
 * half (Mann-Whitney U; Hanley & McNeil 1982). Null without positives or negatives.
 * @param weights of the cases, non-negative
 */
export function aucOf({ order, positive, endsTie }: Ranking, weights: Float64Array): number | null {
  let wins = 0;
  let negativesBelow = 0;
  let positives = 0;
  let tiedPositives = 0;
  let tiedNegatives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const weight = weights[order[rank] ?? 0] ?? 0;
    if (positive[rank] === 1) tiedPositives += weight;
    else tiedNegatives += weight;
    if (endsTie[rank] === 0) continue;
    wins += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
    tiedPositives = 0;
    tiedNegatives = 0;
  }
  return positives === 0 || negativesBelow === 0 ? null : wins / (positives * negativesBelow);
}

/** Mean of the one-vs-rest AUCs that are defined (scikit-learn: `multi_class='ovr', average='macro'` when all are). */
export const macroAuc: OverallMetric = {
  ...overallMetricInfo.auc,
  value: ({ classAucs }) => meanOfDefined(classAucs),
};

export const classAuc: ClassMetric = {
  ...classMetricInfo.auc,
  restsOn: 'both',
  value: ({ classAucs }, classIndex) => classAucs[classIndex] ?? null,
};
