import type { CoverageCurve, CoveragePoint } from '../domain/metrics.ts';

/** One answer: how sure, and whether right. */
export interface Answered {
  /** Probability of the class answered, 0..1. */
  readonly confidence: number;
  readonly right: boolean;
}

/**
 * Accuracy at each coverage: the surest cases are answered, the rest goes to review. Cases of equal confidence are answered
 * together, so a threshold reaches every point. AURC is the mean risk (1 - accuracy) over the coverages 1/n .. 1, lower is
 * better (Geifman & El-Yaniv 2017; 2019 for its name). Points by rising coverage.
 */
export function coverageCurve(cases: readonly Answered[]): CoverageCurve {
  const sorted = cases.toSorted((a, b) => b.confidence - a.confidence);
  const points: CoveragePoint[] = [];
  let right = 0;
  let risks = 0;
  let answeredBefore = 0;
  sorted.forEach((each, i) => {
    if (each.right) right++;
    if (sorted[i + 1]?.confidence === each.confidence) return;
    const answered = i + 1;
    const accuracy = right / answered;
    points.push({ threshold: each.confidence, coverage: answered / sorted.length, accuracy, answered });
    risks += (1 - accuracy) * (answered - answeredBefore);
    answeredBefore = answered;
  });
  return { points, aurc: sorted.length === 0 ? null : risks / sorted.length };
}

/** At most `count` points of a curve, evenly over coverage, the last one always among them. */
export function thinnedCoverage(points: readonly CoveragePoint[], count: number): CoveragePoint[] {
  const kept = Array.from({ length: count }, (_, i) => points.find(({ coverage }) => coverage >= (i + 1) / count));
  return [...new Set(kept.filter((point) => point !== undefined))];
}
