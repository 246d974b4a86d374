import type { OperatingPoint, OperatingRule } from '../domain/metrics.ts';

/**
 * The threshold that a rule picks on one class against the rest: a case is called positive from its score on. Youden: the
 * greatest sensitivity + specificity - 1 (Youden 1950). Sensitivity (specificity) at least x: the point with the greatest
 * specificity (sensitivity) among those that reach x. Equal points: the one with the higher sensitivity.
 * Choose it on validation cases, never on the cases that it is then reported for.
 * @param labels true where the case is of the class, one a score
 * @returns null without positives or without negatives, or when no threshold reaches x
 */
export function operatingPoint(
  scores: readonly number[],
  labels: readonly boolean[],
  rule: OperatingRule,
): OperatingPoint | null {
  const points = thresholds(scores, labels);
  let best: OperatingPoint | null = null;
  for (const point of points) {
    if (!reaches(point, rule)) continue;
    if (best === null || isBetter(point, best, rule)) best = point;
  }
  return best;
}

function reaches(point: OperatingPoint, rule: OperatingRule): boolean {
  return rule.by === 'youden' || point[rule.by] >= rule.atLeast;
}

function isBetter(point: OperatingPoint, best: OperatingPoint, rule: OperatingRule): boolean {
  const worth = ({ sensitivity, specificity }: OperatingPoint): number => {
    if (rule.by === 'youden') return sensitivity + specificity;
    return rule.by === 'sensitivity' ? specificity : sensitivity;
  };
  const gain = worth(point) - worth(best);
  return gain > 0 || (gain === 0 && point.sensitivity > best.sensitivity);
}

/** One point a distinct score, by falling threshold. */
function thresholds(scores: readonly number[], labels: readonly boolean[]): OperatingPoint[] {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const positives = labels.filter(Boolean).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const points: OperatingPoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  order.forEach((index, i) => {
    if (labels[index] === true) truePositives++;
    else falsePositives++;
    const threshold = scores[index] ?? 0;
    const next = order[i + 1];
    if (next !== undefined && scores[next] === threshold) return;
    points.push({
      threshold,
      sensitivity: truePositives / positives,
      specificity: (negatives - falsePositives) / negatives,
    });
  });
  return points;
}
