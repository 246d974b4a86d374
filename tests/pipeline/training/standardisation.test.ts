import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitStandardisation,
  foldedPenalty,
  foldStandardisation,
  standardisedRows,
} from '../../../src/pipeline/training/standardisation.ts';

const rowsOf = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

describe('standardisation', () => {
  it('gives mean 0 and spread 1 on the training rows, and ignores the others', () => {
    const features = Float32Array.from([1, 100, 3, 300, 5, 500, 1e9, -1e9]);
    const fitted = fitStandardisation(features, 2, rowsOf(3));
    expect([...fitted.mean]).toEqual([3, 300]);
    const spread = Math.sqrt(8 / 3);
    expect(fitted.scale[0]).toBeCloseTo(1 / spread, 15);
    expect(fitted.scale[1]).toBeCloseTo(0.01 / spread, 15);
    const rows = standardisedRows(features, 2, Int32Array.from([1, 2]), fitted);
    expect([...rows]).toEqual([0, 0, 1, Math.fround(2 / spread), Math.fround(2 / spread), 1]);
  });

  it('silences a feature that never varies in training, whatever it does later', () => {
    const features = Float32Array.from([0, 1, 0, 2, 0, 3, 50, 2]);
    const fitted = fitStandardisation(features, 2, rowsOf(3));
    expect(fitted.scale[0]).toBe(0);
    const { kernel } = foldStandardisation({ shape: [3, 1], data: Float32Array.from([9, 9, 9]) }, fitted);
    expect(kernel.data[0]).toBe(0);
  });

  it('folded into the layer gives the same answers on raw features', () => {
    const value = fc.float({ min: -3, max: 30, noNaN: true });
    const weight = fc.float({ min: -1, max: 1, noNaN: true });
    const [count, dimensions, units] = [6, 4, 2];
    return fc.assert(
      fc.property(
        fc.array(value, { minLength: count * dimensions, maxLength: count * dimensions }),
        fc.array(weight, { minLength: (dimensions + 1) * units, maxLength: (dimensions + 1) * units }),
        (numbers, weights) => {
          const features = Float32Array.from(numbers);
          const joined = { shape: [dimensions + 1, units], data: Float32Array.from(weights) };
          const fitted = fitStandardisation(features, dimensions, rowsOf(count));
          const rows = standardisedRows(features, dimensions, rowsOf(count), fitted);
          const { kernel, bias } = foldStandardisation(joined, fitted);
          for (let row = 0; row < count; row++) {
            for (let unit = 0; unit < units; unit++) {
              let trained = 0;
              let served = bias.data[unit] ?? 0;
              let size = Math.abs(served);
              for (let d = 0; d <= dimensions; d++) {
                trained += (rows[row * (dimensions + 1) + d] ?? 0) * (joined.data[d * units + unit] ?? 0);
              }
              for (let d = 0; d < dimensions; d++) {
                const part = (features[row * dimensions + d] ?? 0) * (kernel.data[d * units + unit] ?? 0);
                served += part;
                size += Math.abs(part);
              }
              expect(Math.abs(served - trained)).toBeLessThan(1e-5 + size * 1e-6);
            }
          }
        },
      ),
      { seed: 11 },
    );
  });
});

describe('the L2 penalty of a folded head', () => {
  it('is as large as on standardised features, for a head that uses them alike', () => {
    const features = Float32Array.from([1, 100, 7, 3, 300, 7, 5, 500, 7]);
    const data = { features, dimensions: 3, trainRows: rowsOf(3) };
    const joined = { shape: [4, 2], data: Float32Array.from([0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0]) };
    const { kernel } = foldStandardisation(joined, fitStandardisation(features, 3, rowsOf(3)));
    const squares = (values: Float32Array): number => values.reduce((sum, value) => sum + value ** 2, 0);
    expect(foldedPenalty(0.1, data) * squares(kernel.data)).toBeCloseTo(0.1 * squares(joined.data));
    expect(foldedPenalty(0, data)).toBe(0);
    expect(foldedPenalty(0.1, { ...data, features: new Float32Array(9) })).toBe(0.1);
  });
});
