import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { groupConformal } from '../../../src/pipeline/metrics/index.ts';

/** Cases of one class of two, by probability of that class. */
const cases = (truth: 0 | 1, group: string, values: readonly number[]) =>
  values.map((value) => ({ truth, group, probabilities: truth === 0 ? [value, 1 - value] : [1 - value, value] }));

describe('conformal thresholds by group', () => {
  it('weighs every group the same and counts one more as a miss, worked by hand', () => {
    // Four groups, error 0.5: weights 1/5 a group; 0.5 is reached in the third value of the sorted list below.
    const own = [
      ...cases(0, 'a', [0.9, 0.8]),
      ...cases(0, 'b', [0.7]),
      ...cases(0, 'c', [0.6]),
      ...cases(0, 'd', [0.1, 0.1, 0.1, 0.1]),
    ];
    const found = groupConformal([...own, ...cases(1, 'e', [0.5]), ...cases(1, 'f', [0.4])], 2, 0.5);
    // 0.9 (0.1), 0.8 (0.2), 0.7 (0.4), 0.6 (0.6): the first sum of at least 0.5.
    expect(found?.thresholds[0]).toBe(0.6);
    expect(found?.promised).toBe(true);
  });

  it('takes the worst group where the groups are too few for the promise, and says so', () => {
    const own = [
      ...cases(0, 'a', [0.9, 0.9]),
      ...cases(0, 'b', [0.5, 0.3, 0.4, 0.6]),
      ...cases(1, 'c', [0.8]),
      ...cases(1, 'd', [0.7]),
    ];
    expect(groupConformal(own, 2, 0.25)).toEqual({ thresholds: [0.4, 0.7], promised: false });
  });

  it('says nothing of a class with one group, and refuses an error of 0 or 1', () => {
    const own = [...cases(0, 'a', [0.9]), ...cases(0, 'b', [0.9]), ...cases(1, 'c', [0.9])];
    expect(groupConformal(own, 2, 0.1)).toBeNull();
    expect(() => groupConformal(own, 2, 0)).toThrow(RangeError);
  });

  it('keeps its promise for images of new groups, where pooled images would not', () => {
    const random = randomFrom('group conformal');
    const draw = (groups: number) =>
      Array.from({ length: groups }, (_, g) => {
        // Few large easy groups, many small hard ones: pooling hides the hard ones.
        const hard = g % 2 === 0;
        const middle = hard ? 0.2 + 0.3 * random.next() : 0.9;
        const values = Array.from({ length: hard ? 3 : 40 }, () => middle + 0.05 * random.next());
        return [...cases(0, `a${g}`, values), ...cases(1, `b${g}`, values)];
      }).flat();
    const found = groupConformal(draw(200), 2, 0.1);
    const fresh = Map.groupBy(draw(400), ({ group }) => group);
    const covered = [...fresh.values()].map(
      (own) =>
        own.filter(({ truth, probabilities }) => (probabilities[truth] ?? 0) >= (found?.thresholds[truth] ?? 0))
          .length / own.length,
    );
    const mean = covered.reduce((sum, share) => sum + share, 0) / covered.length;
    expect(mean).toBeGreaterThan(0.88);
    expect(mean).toBeLessThan(0.95);
  });
});
