import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classWeights } from '../../../src/pipeline/training/index.ts';

describe('class weights', () => {
  it.each([
    ['balanced', [0, 0, 0, 1], 2, [4 / 6, 2]],
    ['balanced', [0, 1, 2], 3, [1, 1, 1]],
    ['balanced', [0, 0, 2], 3, [0.75, 1, 1.5]],
    ['none', [0, 0, 0, 1], 2, [1, 1]],
  ] as const)('%s of %j', (rule, labels, classes, expected) => {
    expect(classWeights(rule, Int32Array.from(labels), classes)).toEqual(expected);
  });

  it('balanced: every class that is there has the same total weight, and the mean over the images is 1', () => {
    return fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 }), (list) => {
        const weights = classWeights('balanced', Int32Array.from(list), 5);
        const total = list.reduce((sum, label) => sum + (weights[label] ?? 0), 0);
        expect(total / list.length).toBeCloseTo(1, 12);
        const present = new Set(list);
        for (const label of present) {
          const count = list.filter((each) => each === label).length;
          expect(count * (weights[label] ?? 0)).toBeCloseTo(list.length / present.size, 9);
        }
      }),
      { seed: 3 },
    );
  });
});
