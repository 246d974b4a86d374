import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { conformalSet, groupConformal } from '../../../src/pipeline/metrics/index.ts';

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

describe('conformal sets with one case a group', () => {
  /** Alike within a class: exchangeable. */
  function exchangeable(seed: number, size: number) {
    const random = randomFrom('conformal', seed);
    return Array.from({ length: size }, (_, i) => {
      const truth = i % 10 === 0 ? 2 : i % 2;
      return { group: `g${i}`, truth, probabilities: threeClasses(() => random.normal(), truth) };
    });
  }

  function threeClasses(normal: () => number, truth?: number): number[] {
    const odds = [0, 1, 2].map((k) => Math.exp(normal() + (k === truth ? 1 : 0)));
    const sum = odds.reduce((total, odd) => total + odd, 0);
    return odds.map((odd) => odd / sum);
  }

  const thresholdsOf = (cases: ReturnType<typeof exchangeable>, error: number): readonly number[] =>
    groupConformal(cases, 3, error)?.thresholds ?? [];

  it.each([0.05, 0.1, 0.25])('cover at least 1 - %d of every class, the rare one too, over many draws', (error) => {
    const covered = [0, 0, 0];
    const counted = [0, 0, 0];
    for (let seed = 0; seed < 120; seed++) {
      const cases = exchangeable(seed, 400);
      const thresholds = thresholdsOf(cases.slice(0, 300), error);
      for (const { truth, probabilities } of cases.slice(300)) {
        counted[truth] = (counted[truth] ?? 0) + 1;
        if (conformalSet(probabilities, thresholds).includes(truth)) covered[truth] = (covered[truth] ?? 0) + 1;
      }
    }
    for (const k of [0, 1, 2]) {
      const rate = (covered[k] ?? 0) / (counted[k] ?? 1);
      expect(rate).toBeGreaterThan(1 - error - 0.02);
      // Not by answering everything: at most 1 / (n + 1) above its promise, and noise.
      expect(rate).toBeLessThan(1 - error + 1 / 31 + 0.02);
    }
  });

  it('grow as fewer misses are allowed, the rare class without its promise too', () => {
    void fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (seed, row) => {
        const cases = exchangeable(seed, 60);
        const random = randomFrom('conformal row', row);
        const probabilities = threeClasses(() => 2 * random.normal());
        const strict = conformalSet(probabilities, thresholdsOf(cases, 0.05));
        for (const k of conformalSet(probabilities, thresholdsOf(cases, 0.3))) expect(strict).toContain(k);
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});
