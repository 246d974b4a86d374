import { describe, expect, it } from 'vitest';
import { blendOf, blendRows } from '../../../src/pipeline/training/mixup.ts';
import { batchTargets } from '../../../src/pipeline/training/targets.ts';

const labels = Int32Array.of(0, 2, 1, 2);
const weights = [1, 2, 0.5];
const close = (array: Float32Array) => Array.from(array, (value) => Math.round(value * 1e6) / 1e6);

describe('targets of a batch', () => {
  it('weigh each row by its class, in the column of its class', () => {
    const { targets, rowWeights } = batchTargets(labels, weights, 0, undefined);
    expect(close(rowWeights)).toEqual([0.25, 0.125, 0.5, 0.125]);
    expect(close(targets)).toEqual([0.25, 0, 0, 0, 0, 0.125, 0, 0.5, 0, 0, 0, 0.125]);
  });

  it('give a share to all classes, and the row keeps its weight', () => {
    const { targets, rowWeights } = batchTargets(labels, weights, 0.3, undefined);
    expect(close(targets.subarray(0, 3))).toEqual([0.2, 0.025, 0.025]);
    for (const [row, weight] of rowWeights.entries()) {
      const sum = targets.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(weight);
    }
  });

  it('of blended rows are those of both images by their shares', () => {
    const blend = { partners: Int32Array.of(1, 0, 2, 3), shares: Float32Array.of(0.75, 1, 0.5, 0.25) };
    const { targets, rowWeights } = batchTargets(labels, weights, 0, blend);
    expect(close(targets.subarray(0, 3))).toEqual([0.1875, 0, 0.03125]);
    expect(close(rowWeights)).toEqual([0.21875, 0.125, 0.5, 0.125]);
  });
});

describe('mixup', () => {
  it('draws the same pairs for the same step, and others for the next', () => {
    expect(blendOf(0.4, 6, 7, 1, 3)).toEqual(blendOf(0.4, 6, 7, 1, 3));
    expect(blendOf(0.4, 6, 7, 1, 4)).not.toEqual(blendOf(0.4, 6, 7, 1, 3));
    expect([...blendOf(0.4, 6, 7, 1, 3).partners].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    [0.02, 0.24],
    [0.4, 0.139],
    [1, 1 / 12],
  ])('shares have the variance of Beta(%d, %d)', (alpha, variance) => {
    const shares = [...blendOf(alpha, 20_000, 7, 1, 1).shares];
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(0.5, 1);
    expect(shares.reduce((sum, share) => sum + (share - 0.5) ** 2, 0) / shares.length).toBeCloseTo(variance, 2);
  });

  it('blends pixels as it blends targets', () => {
    const values = Float32Array.of(0, 10, 100, 200);
    const blended = blendRows(values, 2, { partners: Int32Array.of(1, 1), shares: Float32Array.of(0.75, 0.5) });
    expect([...blended]).toEqual([25, 57.5, 100, 200]);
  });
});
