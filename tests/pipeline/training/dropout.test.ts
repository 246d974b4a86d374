import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropoutMask } from '../../../src/pipeline/training/dropout.ts';

describe('dropout masks', () => {
  it('[C7] differ between steps, epochs and seeds, and repeat for equal ones', () => {
    const mask = (seed: number, epoch: number, step: number) => dropoutMask(0.5, 8, 33, seed, epoch, step).join();
    expect(mask(7, 1, 1)).toBe(mask(7, 1, 1));
    const masks = [mask(7, 1, 1), mask(7, 1, 2), mask(7, 2, 1), mask(8, 1, 1)];
    expect(new Set(masks).size).toBe(masks.length);
  });

  it('drop their share, keep the mean at 1 and never drop the bias column', () => {
    return fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 1e6 }), (rate, step) => {
        const [rows, width] = [64, 257];
        const mask = dropoutMask(rate, rows, width, 7, 1, step);
        const inputs = mask.filter((_, i) => i % width !== width - 1);
        const zeros = inputs.filter((value) => value === 0).length / inputs.length;
        expect(Math.abs(zeros - rate)).toBeLessThan(0.025);
        const mean = inputs.reduce((sum, value) => sum + value, 0) / inputs.length;
        expect(Math.abs(mean - 1)).toBeLessThan(0.2);
        expect(mask.filter((_, i) => i % width === width - 1).every((value) => value === 1)).toBe(true);
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  it('neighbours are independent: the share of dropped pairs is the square of the rate', () => {
    const mask = dropoutMask(0.3, 1, 100_001, 7, 1, 1);
    for (const distance of [1, 2, 3]) {
      const pairs = mask.subarray(0, 99_000).filter((value, i) => value === 0 && mask[i + distance] === 0).length;
      expect(Math.abs(pairs / 99_000 - 0.09)).toBeLessThan(0.005);
    }
  });
});
