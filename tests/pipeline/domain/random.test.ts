import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';

describe('randomFrom', () => {
  it('gives the same sequence for the same seed on every machine', () => {
    const random = randomFrom('pinned', 7);
    expect(Array.from({ length: 4 }, () => random.next())).toMatchInlineSnapshot(`
      [
        0.889477987720459,
        0.2623926178434052,
        0.4832559007867083,
        0.5642137374789333,
      ]
    `);
  });

  it('gives other sequences for other seeds, and tells words from their joins', () => {
    expect(randomFrom('a', 1).next()).not.toBe(randomFrom('a', 2).next());
    expect(randomFrom('ab', 'c').next()).not.toBe(randomFrom('a', 'bc').next());
  });

  it('shuffles without losing or doubling anything', () => {
    void fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const shuffled = randomFrom(seed).shuffled(items);
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
      }),
      { seed: 1 },
    );
  });

  it('is uniform below a bound and normal with mean 0 and variance 1', () => {
    const random = randomFrom('moments');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 50_000; i++) {
      const at = random.below(10);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(350);
    const draws = Array.from({ length: 50_000 }, () => random.normal());
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});
