import type { PrecisionRecallPoint } from '../domain/metrics.ts';
import type { Cases } from './types.ts';

/**
 * Precision and recall of one class at each distinct score, by falling threshold (scikit-learn's
 * `precision_recall_curve` in reverse, without its last point (1, 0)). Empty without positives.
 */
export function precisionRecallCurve(
  { ranking, probabilities, classes }: Cases,
  classIndex: number,
): PrecisionRecallPoint[] {
  const ranked = ranking[classIndex];
  const positives = ranked?.positive.reduce((sum, each) => sum + each, 0) ?? 0;
  if (ranked === undefined || positives === 0) return [];
  const points: PrecisionRecallPoint[] = [];
  let truePositives = 0;
  for (let rank = ranked.order.length - 1; rank >= 0; rank--) {
    truePositives += ranked.positive[rank] ?? 0;
    const startsTie = rank === 0 || ranked.endsTie[rank - 1] === 1;
    if (!startsTie) continue;
    points.push({
      threshold: probabilities[(ranked.order[rank] ?? 0) * classes + classIndex] ?? 0,
      precision: truePositives / (ranked.order.length - rank),
      recall: truePositives / positives,
    });
  }
  return points;
}
