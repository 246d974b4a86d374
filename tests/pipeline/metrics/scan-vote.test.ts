import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SliceVote, voteByScan } from '../../../src/pipeline/metrics/index.ts';

const slice = (image: string, probabilities: readonly number[], more: Partial<SliceVote> = {}): SliceVote => ({
  image,
  scan: 's',
  group: 'g',
  probabilities,
  ...more,
});

describe('scan vote', () => {
  const split = [slice('a', [0.1, 0.9]), slice('b', [0.55, 0.45]), slice('c', [0.6, 0.4])];

  it('mean follows the probabilities, majority the slices', () => {
    const [mean] = voteByScan(split, 'mean');
    const [majority] = voteByScan(split, 'majority');
    expect(mean?.predicted).toBe(1);
    expect(majority?.predicted).toBe(0);
    expect(mean?.probabilities[1]).toBeCloseTo(1.75 / 3, 15);
    expect(majority?.probabilities).toEqual(mean?.probabilities);
  });

  it('majority breaks a tie by mean probability', () => {
    const tied = [slice('a', [0.9, 0.1, 0]), slice('b', [0.3, 0.4, 0.3])];
    expect(voteByScan(tied, 'majority')[0]?.predicted).toBe(0);
    expect(voteByScan([slice('a', [0.5, 0.5])], 'mean')[0]?.predicted).toBe(0);
  });

  it('names up to three key slices, the most probable first, names on ties', () => {
    const slices = [slice('d', [0.7, 0.3]), slice('c', [0.9, 0.1]), slice('b', [0.7, 0.3]), slice('a', [0.6, 0.4])];
    expect(voteByScan(slices, 'mean')[0]?.keySlices).toEqual(['c', 'b', 'd']);
    expect(voteByScan(slices.slice(0, 2), 'mean')[0]?.keySlices).toEqual(['c', 'd']);
  });

  it('never lets a probability that is not finite become a class', () => {
    const slices = [slice('a', [Number.NaN, 1]), slice('b', [Number.POSITIVE_INFINITY, 0]), slice('c', [0.2, 0.8])];
    expect(voteByScan(slices, 'mean')).toMatchObject([{ probabilities: [0.2, 0.8], keySlices: ['c'], images: 1 }]);
    expect(voteByScan(slices.slice(0, 2), 'majority')).toEqual([]);
    expect(voteByScan([slice('a', [])], 'mean')).toEqual([]);
  });

  it('takes the commonest true class of the slices, where it is known', () => {
    const known = [
      slice('a', [1, 0], { truth: 1 }),
      slice('b', [1, 0], { truth: 1 }),
      slice('c', [1, 0], { truth: 0 }),
    ];
    expect(voteByScan(known, 'mean')[0]?.truth).toBe(1);
    expect(voteByScan(split, 'mean')[0]).not.toHaveProperty('truth');
  });

  it('does not depend on the order of the slices', () => {
    const slices = Array.from({ length: 24 }, (_, i) => {
      const probability = ((i * 37) % 24) / 23;
      return slice(`image ${i}`, [probability, 1 - probability], {
        scan: `s${i % 5}`,
        group: `g${i % 5}`,
        truth: i % 2,
      });
    });
    const expected = voteByScan(slices, 'mean');
    expect(expected.map((vote) => vote.scan)).toEqual(['s0', 's1', 's2', 's3', 's4']);
    return fc.assert(
      fc.property(fc.shuffledSubarray(slices, { minLength: slices.length }), (shuffled) => {
        expect(voteByScan(shuffled, 'mean')).toEqual(expected);
      }),
      { seed: 7, numRuns: 50 },
    );
  });

  it('every slice that votes is counted once', () => {
    const vote = fc.record({ scan: fc.constantFrom('a', 'b', 'c'), p: fc.double({ min: 0, max: 1 }) });
    return fc.assert(
      fc.property(fc.array(vote), fc.constantFrom('mean' as const, 'majority' as const), (votes, rule) => {
        const items = votes.map(({ scan, p }, i) => slice(`${i}`, [p, 1 - p], { scan }));
        const usable = items.filter((item) => item.probabilities.every(Number.isFinite)).length;
        expect(voteByScan(items, rule).reduce((sum, scan) => sum + scan.images, 0)).toBe(usable);
      }),
      { seed: 7 },
    );
  });
});
