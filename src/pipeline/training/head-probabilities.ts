import type { HeadWeights } from './head-types.ts';
import type { DenseWeights } from './standardisation.ts';

/**
 * Class probabilities from exported weights, in doubles and without TensorFlow.
 * @param features raw features, row-major [any number of rows, dimensions]
 * @param rows which of them
 * @returns one array a row of `rows`, [classes], sums to 1
 */
export function headProbabilities(
  weights: HeadWeights,
  features: Float32Array,
  dimensions: number,
  rows: Int32Array,
): number[][] {
  return Array.from(rows, (row) => {
    const input = features.subarray(row * dimensions, (row + 1) * dimensions);
    const hidden = weights.hidden === undefined ? input : dense(weights.hidden, input).map((v) => Math.max(0, v));
    return softmax(dense(weights.dense, hidden));
  });
}

function dense({ kernel, bias }: DenseWeights, input: Float32Array | Float64Array): Float64Array {
  const units = bias.data.length;
  const sums = Float64Array.from(bias.data);
  for (let d = 0; d < input.length; d++) {
    const value = input[d] ?? 0;
    const offset = d * units;
    for (let u = 0; u < units; u++) sums[u] = (sums[u] ?? 0) + value * (kernel.data[offset + u] ?? 0);
  }
  return sums;
}

function softmax(logits: Float64Array): number[] {
  const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Array.from(logits, (value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
