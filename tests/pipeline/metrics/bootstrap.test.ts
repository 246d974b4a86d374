import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../../src/pipeline/domain/metrics.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { bootstrap } from '../../../src/pipeline/metrics/bootstrap.ts';
import { quantile } from '../../../src/pipeline/metrics/draws.ts';
import { overallMetrics } from '../../../src/pipeline/metrics/index.ts';
import { casesFrom, sampleOf } from '../../../src/pipeline/metrics/sample.ts';
import type { Sample } from '../../../src/pipeline/metrics/types.ts';
import { randomPredictions } from './predictions.ts';

const accuracy = { value: overallMetrics.accuracy.value, hasInterval: true };
const auc = { value: overallMetrics.auc.value, hasInterval: true };

function layOut(predictions: readonly Prediction[]) {
  const names = [...new Set(predictions.map((item) => item.group))];
  return {
    cases: casesFrom(predictions, predictions[0]?.probabilities.length ?? 2),
    groupOf: Int32Array.from(predictions, (item) => names.indexOf(item.group)),
    groups: names.length,
  };
}

describe('quantile', () => {
  it('is linear between neighbours', () => {
    expect(quantile(Float64Array.of(1, 2, 4), 0)).toBe(1);
    expect(quantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3);
    expect(quantile(Float64Array.of(1, 2, 4), 1)).toBe(4);
    expect(quantile(Float64Array.of(5), 0.3)).toBe(5);
  });
});

describe('bootstrap over patient groups', () => {
  const study = { groups: 40, slicesPerGroup: 12, classes: 3, skill: 1 };

  it('gives the same interval for the same seed and another for another', () => {
    const { cases, groupOf, groups } = layOut(randomPredictions(1, study));
    const run = (seed: number) => bootstrap(cases, groupOf, groups, [accuracy, auc], { resamples: 300, seed });
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  it('holds the figure inside the interval on a large study', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { cases, groupOf, groups } = layOut(randomPredictions(seed, study));
      for (const { value, low, high } of bootstrap(cases, groupOf, groups, [accuracy, auc], { resamples: 500, seed })) {
        expect(low).toBeLessThan(value ?? Number.NaN);
        expect(high).toBeGreaterThan(value ?? Number.NaN);
      }
    }
  });

  it('is wider over groups than over slices when the slices of a patient are alike', () => {
    const { cases, groupOf, groups } = layOut(randomPredictions(1, study));
    const eachAlone = Int32Array.from(groupOf.keys());
    const width = (unit: Int32Array, units: number) => {
      const [estimate] = bootstrap(cases, unit, units, [accuracy], { resamples: 500, seed: 1 });
      return (estimate?.high ?? 0) - (estimate?.low ?? 0);
    };
    expect(width(groupOf, groups)).toBeGreaterThan(1.5 * width(eachAlone, eachAlone.length));
  });

  it('equals a figure computed anew from the resampled cases themselves', () => {
    const predictions = randomPredictions(3, { groups: 6, slicesPerGroup: 4, classes: 3, skill: 1 });
    const { cases, groupOf } = layOut(predictions);
    const random = randomFrom('weights', 1);
    for (let round = 0; round < 50; round++) {
      const times = Array.from({ length: 6 }, () => random.below(3));
      const weighted = sampleOf(
        cases,
        Float64Array.from(groupOf, (group) => times[group] ?? 0),
      );
      const copies = predictions.flatMap((item, i) => Array.from({ length: times[groupOf[i] ?? 0] ?? 0 }, () => item));
      const anew = sampleOf(casesFrom(copies, 3));
      for (const metric of Object.values(overallMetrics)) {
        const expected = metric.value(anew);
        if (expected === null) expect(metric.value(weighted)).toBeNull();
        else expect(metric.value(weighted)).toBeCloseTo(expected, 12);
      }
    }
  });

  it('has no interval with one group, nor for a figure without one', () => {
    const { cases, groupOf } = layOut(randomPredictions(1, { ...study, groups: 3 }));
    const options = { resamples: 100, seed: 1 };
    const [alone] = bootstrap(cases, new Int32Array(groupOf.length), 1, [accuracy], options);
    expect(alone).toMatchObject({ low: null, high: null });
    expect(alone?.value).not.toBeNull();
    const [without] = bootstrap(cases, groupOf, 3, [{ ...accuracy, hasInterval: false }], options);
    expect(without).toMatchObject({ low: null, high: null });
  });

  it('has no interval when fewer than half of the resamples define the figure', () => {
    const { cases, groupOf, groups } = layOut(randomPredictions(1, { ...study, groups: 3 }));
    // Group g holds class g alone: the rows of the confusion matrix say how often each group was drawn.
    const definedWhen = (condition: (times: readonly number[]) => boolean) => ({
      value: ({ confusion }: Sample) => (condition([0, 1, 2].map((row) => rowSum(confusion, row) / 12)) ? 1 : null),
      hasInterval: true,
    });
    const rowSum = (confusion: Float64Array, row: number) =>
      confusion.subarray(3 * row, 3 * row + 3).reduce((sum, cell) => sum + cell, 0);
    // Of 27 draws of three groups, 6 hold each group once and 19 hold the first.
    const seldom = definedWhen((times) => times.every((each) => each === 1));
    const mostly = definedWhen((times) => times[0] !== 0);
    expect(bootstrap(cases, groupOf, groups, [seldom, mostly], { resamples: 500, seed: 1 })).toEqual([
      { value: 1, low: null, high: null },
      { value: 1, low: 1, high: 1 },
    ]);
  });
});
