import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../../src/pipeline/metrics/accuracy.ts';
import { balancedAccuracyOf } from '../../../src/pipeline/metrics/balanced-accuracy.ts';
import { binaryCounts } from '../../../src/pipeline/metrics/confusion.ts';
import { macroF1Of } from '../../../src/pipeline/metrics/macro-f1.ts';
import { casesFrom, sampleOf } from '../../../src/pipeline/metrics/sample.ts';
import { sensitivityOf } from '../../../src/pipeline/metrics/sensitivity.ts';
import { specificityOf } from '../../../src/pipeline/metrics/specificity.ts';

// true \ predicted    A  B  C
const worked = Float64Array.of(5, 1, 0, 2, 6, 2, 1, 0, 3);

describe('figures of a confusion matrix, worked by hand', () => {
  it('counts cells with weights', () => {
    const answered = [
      [0, 0],
      [0, 1],
      [1, 1],
      [2, 0],
    ].map(([truth = 0, predicted = 0]) => ({ truth, predicted, probabilities: [0.2, 0.3, 0.5] }));
    const { confusion } = sampleOf(casesFrom(answered, 3), Float64Array.of(1, 2, 3, 0));
    expect([...confusion]).toEqual([1, 2, 0, 0, 3, 0, 0, 0, 0]);
  });

  it('splits one class against the rest', () => {
    expect(binaryCounts(worked, 3, 0)).toEqual({
      truePositives: 5,
      falseNegatives: 1,
      falsePositives: 3,
      trueNegatives: 11,
    });
  });

  it('accuracy, balanced accuracy, macro F1', () => {
    expect(accuracyOf(worked, 3)).toBeCloseTo(14 / 20, 15);
    expect(balancedAccuracyOf(worked, 3)).toBeCloseTo((5 / 6 + 6 / 10 + 3 / 4) / 3, 15);
    expect(macroF1Of(worked, 3)).toBeCloseTo((10 / 14 + 12 / 17 + 6 / 9) / 3, 15);
  });

  it('sensitivity and specificity', () => {
    expect([0, 1, 2].map((k) => sensitivityOf(worked, 3, k))).toEqual([5 / 6, 6 / 10, 3 / 4]);
    expect([0, 1, 2].map((k) => specificityOf(worked, 3, k))).toEqual([11 / 14, 9 / 10, 14 / 16]);
  });
});

describe('degenerate matrices', () => {
  it('has no figure without cases', () => {
    const empty = new Float64Array(9);
    expect([accuracyOf(empty, 3), balancedAccuracyOf(empty, 3), macroF1Of(empty, 3)]).toEqual([null, null, null]);
    expect([sensitivityOf(empty, 3, 0), specificityOf(empty, 3, 0)]).toEqual([null, null]);
  });

  it('leaves a class without cases out of balanced accuracy, but counts calls of it in F1', () => {
    const matrix = Float64Array.of(3, 0, 1, 0, 4, 0, 0, 0, 0);
    expect(balancedAccuracyOf(matrix, 3)).toBeCloseTo((3 / 4 + 1) / 2, 15);
    expect(macroF1Of(matrix, 3)).toBeCloseTo((6 / 7 + 1 + 0) / 3, 15);
    expect(sensitivityOf(matrix, 3, 2)).toBeNull();
    expect(specificityOf(matrix, 3, 2)).toBe(7 / 8);
  });

  it('leaves a class that is neither true nor called out of macro F1', () => {
    expect(macroF1Of(Float64Array.of(3, 0, 0, 0, 4, 0, 0, 0, 0), 3)).toBe(1);
  });

  it('has no specificity when every case is of the class', () => {
    const matrix = Float64Array.of(3, 1, 0, 0);
    expect([sensitivityOf(matrix, 2, 0), specificityOf(matrix, 2, 0)]).toEqual([3 / 4, null]);
    expect([sensitivityOf(matrix, 2, 1), specificityOf(matrix, 2, 1)]).toEqual([null, 3 / 4]);
  });
});

describe('properties', () => {
  const matrices = fc
    .integer({ min: 2, max: 6 })
    .chain((classes) =>
      fc
        .array(fc.nat({ max: 50 }), { minLength: classes * classes, maxLength: classes * classes })
        .map((counts) => ({ classes, matrix: Float64Array.from(counts) })),
    );

  it('every share lies in 0..1 or is undefined', () => {
    return fc.assert(
      fc.property(matrices, ({ classes, matrix }) => {
        const shares = [
          accuracyOf(matrix, classes),
          balancedAccuracyOf(matrix, classes),
          macroF1Of(matrix, classes),
          ...Array.from({ length: classes }, (_, k) => sensitivityOf(matrix, classes, k)),
          ...Array.from({ length: classes }, (_, k) => specificityOf(matrix, classes, k)),
        ];
        for (const share of shares) expect(share === null || (share >= 0 && share <= 1)).toBe(true);
      }),
      { seed: 7 },
    );
  });

  it('the four counts of each class sum to the cases', () => {
    return fc.assert(
      fc.property(matrices, ({ classes, matrix }) => {
        const total = matrix.reduce((sum, count) => sum + count, 0);
        for (let k = 0; k < classes; k++) {
          const counts = binaryCounts(matrix, classes, k);
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
        }
      }),
      { seed: 7 },
    );
  });
});
