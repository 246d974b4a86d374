import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucOf, rankByScore } from '../../../src/pipeline/metrics/auc.ts';
import { rocCurve } from '../../../src/pipeline/metrics/roc.ts';
import { casesFrom } from '../../../src/pipeline/metrics/sample.ts';

function auc(scores: readonly number[], positives: readonly number[], weights = scores.map(() => 1)): number | null {
  return aucOf(rankByScore(Float64Array.from(scores), Uint8Array.from(positives)), Float64Array.from(weights));
}

/** The definition: every (positive, negative) pair counts 1, 1/2 or 0. */
function byPairs(scores: readonly number[], positives: readonly number[], weights: readonly number[]): number | null {
  let wins = 0;
  let pairs = 0;
  scores.forEach((positive, i) => {
    scores.forEach((negative, j) => {
      if (positives[i] !== 1 || positives[j] !== 0) return;
      const weight = (weights[i] ?? 0) * (weights[j] ?? 0);
      pairs += weight;
      wins += weight * (positive > negative ? 1 : positive === negative ? 0.5 : 0);
    });
  });
  return pairs === 0 ? null : wins / pairs;
}

const scored = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 6 }), positive: fc.nat({ max: 1 }), weight: fc.nat({ max: 3 }) }),
  { maxLength: 30 },
);

describe('area under the ROC curve', () => {
  it('hand-worked: 3 of 4 pairs won, a tie counts half', () => {
    expect(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
    expect(auc([0.5, 0.5], [0, 1])).toBe(0.5);
    expect(auc([0.1, 0.5, 0.5, 0.9], [0, 1, 0, 1])).toBe(0.875);
  });

  it('is not defined without positives, without negatives, without cases', () => {
    expect([auc([0.2, 0.7], [1, 1]), auc([0.2, 0.7], [0, 0]), auc([], [])]).toEqual([null, null, null]);
    expect(auc([0.2, 0.7], [0, 1], [0, 1])).toBeNull();
  });

  it('equals the count over all pairs, weights and ties included', () => {
    return fc.assert(
      fc.property(scored, (items) => {
        const scores = items.map((item) => item.score);
        const positives = items.map((item) => item.positive);
        const weights = items.map((item) => item.weight);
        const expected = byPairs(scores, positives, weights);
        const actual = auc(scores, positives, weights);
        if (expected === null) expect(actual).toBeNull();
        else expect(actual).toBeCloseTo(expected, 12);
      }),
      { seed: 7 },
    );
  });

  it('of reversed scores is 1 - AUC', () => {
    return fc.assert(
      fc.property(scored, (items) => {
        const positives = items.map((item) => item.positive);
        const forward = auc(
          items.map((item) => item.score),
          positives,
        );
        const backward = auc(
          items.map((item) => -item.score),
          positives,
        );
        if (forward === null) expect(backward).toBeNull();
        else expect(backward).toBeCloseTo(1 - forward, 12);
      }),
      { seed: 7 },
    );
  });
});

describe('ROC curve', () => {
  const twoClasses = (scores: readonly number[], positives: readonly number[]) =>
    casesFrom(
      scores.map((score, i) => ({ truth: positives[i] ?? 0, probabilities: [1 - score, score] })),
      2,
    );

  it('runs from (0, 0) to (1, 1) with a point at each corner', () => {
    expect(rocCurve(twoClasses([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]), 1)).toEqual([
      { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 0.8, falsePositiveRate: 0, truePositiveRate: 0.5 },
      { threshold: 0.4, falsePositiveRate: 0.5, truePositiveRate: 0.5 },
      { threshold: 0.35, falsePositiveRate: 0.5, truePositiveRate: 1 },
      { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
    ]);
  });

  it('is empty where it is not defined', () => {
    expect(rocCurve(twoClasses([0.1, 0.4], [1, 1]), 1)).toEqual([]);
  });

  it('has the area that the pairs give, points left out or not', () => {
    return fc.assert(
      fc.property(scored, (items) => {
        const scores = items.map((item) => item.score / 6);
        const positives = items.map((item) => item.positive);
        const points = rocCurve(twoClasses(scores, positives), 1);
        const area = points.slice(1).reduce((sum, point, i) => {
          const before = points[i] ?? point;
          const width = point.falsePositiveRate - before.falsePositiveRate;
          return sum + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
        }, 0);
        expect(area).toBeCloseTo(
          byPairs(
            scores,
            positives,
            scores.map(() => 1),
          ) ?? 0,
          12,
        );
      }),
      { seed: 7 },
    );
  });
});
