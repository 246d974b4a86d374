import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../src/pipeline/domain/duel.ts';
import type { Prediction } from '../../../src/pipeline/domain/metrics.ts';
import { duelOfLevel, scanLevel, sliceLevel } from '../../../src/pipeline/stages/duel/level.ts';
import { paired, reordered, type Sides } from '../../../src/pipeline/stages/duel/sides.ts';

const classes = ['Cyst', 'Tumor'];
const options = { resamples: 200, seed: 7, scanVote: 'mean' as const };

/** Probability of the second class for each image; two slices a scan, one scan a patient. */
function answers(...ofTumor: readonly number[]): Prediction[] {
  return ofTumor.map((p, i) => {
    const scan = Math.floor(i / 2);
    return { image: `i${i}`, scan: `s${scan}`, group: `p${scan}`, truth: scan % 2, probabilities: [1 - p, p] };
  });
}

function sides(a: readonly Prediction[], b: readonly Prediction[]): Sides {
  return { classes, a, b, leftOut: [], knownImages: null };
}

describe('a duel', () => {
  // Scans s0 Cyst, s1 Tumor, s2 Cyst, s3 Tumor. A has s0 and s1 right, B has s1, s2 and s3.
  const a = answers(0.1, 0.2, 0.8, 0.9, 0.9, 0.7, 0.2, 0.1);
  const b = answers(0.9, 0.8, 0.8, 0.9, 0.1, 0.2, 0.9, 0.7);

  it('lists what B fixed and broke, scans by the vote of their slices', () => {
    const scan = duelOfLevel(scanLevel(paired(sides(a, b)), options), classes, options);
    expect(scan).toMatchObject({ cases: 4, both_right: 1, both_wrong: 0 });
    expect(scan.fixed.rows.map(({ name, class: truth, a: was, b: is }) => [name, truth, was, is])).toEqual([
      ['s3', 'Tumor', 'Cyst', 'Tumor'],
      ['s2', 'Cyst', 'Tumor', 'Cyst'],
    ]);
    // The slice that led the wrong answer.
    expect(scan.broken.rows).toMatchObject([{ name: 's0', image: 'i0', a: 'Cyst', b: 'Tumor' }]);
    // Three discordant scans, one against two: exact 1, mid-p 1 - C(3,1)/8 = 0.625.
    expect([scan.exact, scan.mid_p]).toEqual([1, 0.625]);
    expect(scan.figures.accuracy).toMatchObject({ a: 0.5, b: 0.75, difference: { value: 0.25 } });
  });

  it('says better only where the interval excludes 0', () => {
    const { figures } = duelOfLevel(sliceLevel(paired(sides(a, b))), classes, options);
    const { difference, verdict } = figures.accuracy;
    expect(difference.low).toBeLessThanOrEqual(0);
    expect(verdict).toBe('no difference shown');
    const right = answers(0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.9, 0.9);
    const wrong = right.map((each) => ({ ...each, probabilities: [...each.probabilities].reverse() }));
    const sure = duelOfLevel(scanLevel(paired(sides(wrong, right)), options), classes, options);
    expect(sure.figures.accuracy).toMatchObject({ difference: { value: 1, low: 1, high: 1 }, verdict: 'better' });
    expect(verdictOf({ low: -0.2, high: -0.1 })).toBe('worse');
    expect(verdictOf({ low: 0, high: 0.3 })).toBe('no difference shown');
    expect(verdictOf({ low: null, high: null })).toBe('no difference shown');
  });

  it('joins by image, names what only one was asked, and keeps the order out of it', () => {
    const joined = paired(sides(a, [...b].reverse().slice(0, 6)));
    expect(joined.leftOut).toEqual([{ what: 'Only A was asked', images: 2 }]);
    expect(joined.a.map(({ image }) => image)).toEqual(joined.b.map(({ image }) => image));
    expect(joined.a).toHaveLength(6);
  });

  it('refuses other labels, other classes, and nothing in common', () => {
    const relabelled = b.map((each, i) => (i === 3 ? { ...each, truth: 0 } : each));
    expect(() => paired(sides(a, relabelled))).toThrow(
      expect.objectContaining({ code: 'duel/different-labels', facts: { images: 1 } }),
    );
    expect(() => paired(sides(a, []))).toThrow(expect.objectContaining({ code: 'duel/nothing-shared' }));
    expect(() => reordered(['Cyst', 'Stone'], classes)).toThrow(
      expect.objectContaining({ code: 'duel/different-classes' }),
    );
    expect(reordered(['Tumor', 'Cyst'], classes)([0.7, 0.3])).toEqual([0.3, 0.7]);
  });
});
