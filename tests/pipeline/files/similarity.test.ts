import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { disjointSets } from '../../../src/pipeline/files/similarity/disjoint-sets.ts';
import { lowFrequencies } from '../../../src/pipeline/files/similarity/low-frequencies.ts';
import { forSimilarPairs, indexThumbnails } from '../../../src/pipeline/files/similarity/thumbnail-index.ts';
import { correlate, scanThumbnails, smoothPattern } from './helpers/thumbnails.ts';

/** A mix of what makes pruning hard: related slices, smooth patterns, noise, shifted greys, flat and nearly flat ones. */
function mixture(seed: number, count: number): Float32Array[] {
  const random = randomFrom('mixture', seed);
  const pictures: Float32Array[] = [new Float32Array(48 * 48).fill(10), new Float32Array(48 * 48)];
  while (pictures.length < count) {
    const kind = random.below(5);
    const earlier = pictures[random.below(pictures.length)] ?? smoothPattern(random);
    const noise = random.next();
    if (kind === 0) pictures.push(...scanThumbnails(`${seed} ${pictures.length}`, 3));
    else if (kind === 1) pictures.push(Float32Array.from({ length: 48 * 48 }, () => random.normal()));
    else if (kind === 2) pictures.push(earlier.map((v) => 3 * v + 50));
    else pictures.push(earlier.map((v) => v + noise * random.normal()));
  }
  return pictures.slice(0, count);
}

const defined = (value: Float32Array | undefined): Float32Array => value ?? new Float32Array(48 * 48);

describe('thumbnail similarity', () => {
  it('finds exactly the pairs that a plain comparison finds', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0.5, 0.8, 0.93, 0.995), (seed, atLeast) => {
        const pictures = mixture(seed, 40);
        const index = indexThumbnails(pictures);
        const found = new Map<string, number>();
        forSimilarPairs(
          index,
          atLeast,
          () => false,
          (i, j, correlation) => {
            const key = `${Math.min(i, j)} ${Math.max(i, j)}`;
            expect(found.has(key)).toBe(false);
            found.set(key, correlation);
          },
        );
        for (let i = 0; i < pictures.length; i++) {
          for (let j = i + 1; j < pictures.length; j++) {
            const plain = correlate(defined(pictures[i]), defined(pictures[j]));
            if (Math.abs(plain - atLeast) < 1e-6) continue;
            const correlation = found.get(`${i} ${j}`);
            if (plain >= atLeast) expect(correlation).toBeCloseTo(plain, 6);
            else expect(correlation).toBeUndefined();
          }
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('leaves out the pairs that are skipped', () => {
    const seen: string[] = [];
    forSimilarPairs(
      indexThumbnails(scanThumbnails('skip', 4)),
      0.5,
      (i, j) => i % 2 !== j % 2,
      (i, j) => seen.push([i, j].sort().join(' ')),
    );
    expect(seen.sort()).toEqual(['0 2', '1 3']);
  });

  it('gives flat or broken pictures no similarity', () => {
    const flat = new Float32Array(48 * 48).fill(7);
    const broken = new Float32Array(48 * 48).fill(Number.NaN);
    const index = indexThumbnails([flat, flat, broken, broken, ...scanThumbnails('flat', 1)]);
    const seen: string[] = [];
    forSimilarPairs(
      index,
      0,
      () => false,
      (i, j, correlation) => correlation > 0 && seen.push(`${i} ${j}`),
    );
    expect(seen).toEqual([]);
    expect(index.correlation(0, 1)).toBe(0);
  });

  it('projects on unit vectors: the squares never sum to more than the energy, and to all of it for a low pattern', () => {
    const random = randomFrom('energy', 1);
    for (let round = 0; round < 20; round++) {
      const picture = Float32Array.from({ length: 48 * 48 }, () => random.normal());
      const mean = picture.reduce((sum, v) => sum + v, 0) / picture.length;
      const energy = picture.reduce((sum, v) => sum + (v - mean) ** 2, 0);
      const kept = lowFrequencies(picture).reduce((sum, v) => sum + v * v, 0);
      expect(kept).toBeLessThanOrEqual(energy * (1 + 1e-9));
    }
    const wave = Float32Array.from({ length: 48 * 48 }, (_, at) => Math.cos((Math.PI * (2 * (at % 48) + 1) * 3) / 96));
    const energy = wave.reduce((sum, v) => sum + v * v, 0);
    expect(lowFrequencies(wave).reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(energy, 3);
  });

  it('joins sets as a plain relabelling does', () => {
    const pair = fc.tuple(fc.nat(19), fc.nat(19));
    void fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), (pairs) => {
        const sets = disjointSets(20);
        let plain = Array.from({ length: 20 }, (_, i) => i);
        for (const [i, j] of pairs) {
          sets.join(i, j);
          const [from, to] = [plain[i], plain[j]];
          plain = plain.map((label) => (label === from ? (to ?? label) : label));
        }
        for (let i = 0; i < 20; i++) {
          for (let j = 0; j < 20; j++) expect(sets.find(i) === sets.find(j)).toBe(plain[i] === plain[j]);
        }
      }),
      { seed: 1 },
    );
  });
});
