import type { WeightArray } from '../domain/network.ts';
import type { HeadData } from './head-types.ts';

/** standardised = (feature - mean) * scale, per feature. */
export interface Standardisation {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** One dense layer as it is served: y = x · kernel + bias. */
export interface DenseWeights {
  /** [inputs, units] */
  readonly kernel: WeightArray;
  /** [units] */
  readonly bias: WeightArray;
}

/** Spreads below this share of the typical spread are raised to it: 1/spread would blow rounding noise up. */
const smallestSpread = 1e-3;

/**
 * Mean and 1/standard deviation of each feature over the given rows, in doubles. A feature that never varies gets scale 0:
 * nothing can be learned from it, so it must not speak at serving time either.
 * @param features [rows of the whole matrix, dimensions], row-major
 */
export function fitStandardisation(features: Float32Array, dimensions: number, rows: Int32Array): Standardisation {
  const mean = new Float64Array(dimensions);
  const spread = new Float64Array(dimensions);
  for (const row of rows) {
    const offset = row * dimensions;
    for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) + (features[offset + d] ?? Number.NaN);
  }
  for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) / rows.length;
  const varies = new Uint8Array(dimensions);
  const firstOffset = (rows[0] ?? 0) * dimensions;
  for (const row of rows) {
    const offset = row * dimensions;
    for (let d = 0; d < dimensions; d++) {
      const value = features[offset + d] ?? Number.NaN;
      if (value !== features[firstOffset + d]) varies[d] = 1;
      spread[d] = (spread[d] ?? 0) + (value - (mean[d] ?? 0)) ** 2;
    }
  }
  for (let d = 0; d < dimensions; d++) spread[d] = Math.sqrt((spread[d] ?? 0) / rows.length);
  const typical = Math.sqrt(spread.reduce((sum, value) => sum + value ** 2, 0) / dimensions);
  const floor = smallestSpread * typical;
  const scale = spread.map((value, d) => (varies[d] === 1 ? 1 / Math.max(value, floor) : 0));
  return { mean, scale };
}

/**
 * L2 on kernels that take features as they are, so that it weighs as much as `l2` does on standardised features. There a kernel is
 * larger by 1/spread; for a head that uses all features alike the penalty is the same with the harmonic mean of their variances.
 */
export function foldedPenalty(
  l2: number,
  { features, dimensions, trainRows }: Pick<HeadData, 'features' | 'dimensions' | 'trainRows'>,
): number {
  const { scale } = fitStandardisation(features, dimensions, trainRows);
  const used = scale.filter((each) => each > 0);
  const squares = used.reduce((sum, each) => sum + each ** 2, 0);
  return squares === 0 ? l2 : (l2 * used.length) / squares;
}

/**
 * The rows, standardised, with a last column of ones: the bias becomes the last row of the kernel, which saves an operation in
 * each direction of every step.
 * @returns [rows.length, dimensions + 1]
 */
export function standardisedRows(
  features: Float32Array,
  dimensions: number,
  rows: Int32Array,
  { mean, scale }: Standardisation,
): Float32Array {
  const width = dimensions + 1;
  const result = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    const from = row * dimensions;
    const to = i * width;
    for (let d = 0; d < dimensions; d++) {
      result[to + d] = ((features[from + d] ?? Number.NaN) - (mean[d] ?? 0)) * (scale[d] ?? 0);
    }
    result[to + dimensions] = 1;
  });
  return result;
}

/** Kernel and bias of a layer whose bias is the kernel's last row. */
export function splitBias(joined: WeightArray): DenseWeights {
  const [rows = 0, units = 0] = joined.shape;
  return {
    kernel: { shape: [rows - 1, units], data: joined.data.slice(0, (rows - 1) * units) },
    bias: { shape: [units], data: joined.data.slice((rows - 1) * units) },
  };
}

/**
 * The same layer for raw features: kernel × scale, bias - Σ mean × scale × kernel, summed in doubles.
 * @param joined [dimensions + 1, units], trained on standardised features
 */
export function foldStandardisation(joined: WeightArray, { mean, scale }: Standardisation): DenseWeights {
  const { kernel, bias } = splitBias(joined);
  const [inputs = 0, units = 0] = kernel.shape;
  const sums = Float64Array.from(bias.data);
  for (let d = 0; d < inputs; d++) {
    for (let u = 0; u < units; u++) {
      const folded = (kernel.data[d * units + u] ?? 0) * (scale[d] ?? 0);
      kernel.data[d * units + u] = folded;
      sums[u] = (sums[u] ?? 0) - folded * (mean[d] ?? 0);
    }
  }
  return { kernel, bias: { shape: bias.shape, data: Float32Array.from(sums) } };
}
