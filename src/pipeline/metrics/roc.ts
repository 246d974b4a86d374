import type { RocPoint } from '../domain/metrics.ts';
import type { Cases } from './types.ts';

/**
 * One-vs-rest ROC curve from (0, 0) to (1, 1), points inside straight runs left out (as scikit-learn's
 * `roc_curve(drop_intermediate=True)`). Empty without positives or without negatives.
 */
export function rocCurve({ ranking, probabilities, classes }: Cases, classIndex: number): RocPoint[] {
  const ranked = ranking[classIndex];
  if (ranked === undefined) return [];
  const steps: { threshold: number; falsePositives: number; truePositives: number }[] = [];
  let falsePositives = 0;
  let truePositives = 0;
  for (let rank = ranked.order.length - 1; rank >= 0; rank--) {
    if (ranked.positive[rank] === 1) truePositives++;
    else falsePositives++;
    const startsTie = rank === 0 || ranked.endsTie[rank - 1] === 1;
    if (!startsTie) continue;
    const threshold = probabilities[(ranked.order[rank] ?? 0) * classes + classIndex] ?? 0;
    steps.push({ threshold, falsePositives, truePositives });
  }
  if (truePositives === 0 || falsePositives === 0) return [];
  const corners = steps.filter((step, i) => {
    const before = steps[i - 1];
    const after = steps[i + 1];
    if (before === undefined || after === undefined) return true;
    return (
      after.falsePositives - step.falsePositives !== step.falsePositives - before.falsePositives ||
      after.truePositives - step.truePositives !== step.truePositives - before.truePositives
    );
  });
  return [{ threshold: Number.POSITIVE_INFINITY, falsePositives: 0, truePositives: 0 }, ...corners].map((step) => ({
    threshold: step.threshold,
    falsePositiveRate: step.falsePositives / falsePositives,
    truePositiveRate: step.truePositives / truePositives,
  }));
}
