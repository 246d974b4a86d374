import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { lowFrequencies } from '../../../src/pipeline/files/similarity/low-frequencies.ts';
import { nearestThumbnails } from '../../../src/pipeline/files/similarity/nearest.ts';
import { smoothPattern } from './helpers/thumbnails.ts';

/** Cosine of the low frequencies, computed plainly. */
function likeness(a: Float32Array, b: Float32Array): number {
  const [x, y] = [lowFrequencies(a), lowFrequencies(b)];
  const dot = (p: Float64Array, q: Float64Array): number => p.reduce((sum, value, k) => sum + value * (q[k] ?? 0), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('the nearest thumbnail', () => {
  it('is the one that a plain comparison finds, of those that may answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (seed) => {
        const random = randomFrom('nearest', seed);
        const pictures = Array.from({ length: 24 }, () => smoothPattern(random));
        const part = pictures.map(() => random.below(3));
        const found = await nearestThumbnails(
          pictures,
          (i, j) => part[i] !== part[j],
          async () => undefined,
        );
        for (const [i, picture] of pictures.entries()) {
          const others = pictures.flatMap((other, j) =>
            part[i] === part[j] ? [] : [{ j, like: likeness(picture, other) }],
          );
          const best = others.toSorted((a, b) => b.like - a.like)[0];
          const chosen = others.find(({ j }) => j === found[i]);
          expect(chosen?.like ?? 0).toBeCloseTo(best?.like ?? 0, 5);
        }
      }),
      { seed: 1, numRuns: 15 },
    );
  });

  it('finds itself again whatever the brightness, never answers for itself, and nothing where nobody may', async () => {
    const random = randomFrom('copies');
    const pictures = Array.from({ length: 5 }, () => smoothPattern(random));
    const doubled = [...pictures, ...pictures.map((picture) => picture.map((value) => 2 * value + 30))];
    const found = await nearestThumbnails(
      doubled,
      () => true,
      async () => undefined,
    );
    expect([...found]).toEqual([5, 6, 7, 8, 9, 0, 1, 2, 3, 4]);
    expect([
      ...(await nearestThumbnails(
        pictures,
        () => false,
        async () => undefined,
      )),
    ]).toEqual([-1, -1, -1, -1, -1]);
  });
});
