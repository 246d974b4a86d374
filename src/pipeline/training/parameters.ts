import type { WeightArray } from '../domain/network.ts';
import { randomFrom } from '../domain/random.ts';
import type { HeadWeights } from './head-types.ts';
import { splitBias } from './standardisation.ts';

/**
 * Untrained layers, each [inputs + 1, units] with the bias as last row: dense, or hidden and dense.
 * Kernels uniform in ±sqrt(6 / (inputs + units)) (Glorot and Bengio 2010, equation 16), biases 0.
 * @param hidden units of the hidden layer, 0 for none
 */
export function initialParameters(seed: number, dimensions: number, hidden: number, classes: number): WeightArray[] {
  const sizes = hidden === 0 ? [dimensions, classes] : [dimensions, hidden, classes];
  return sizes.slice(1).map((units, layer) => {
    const inputs = sizes[layer] ?? 0;
    const random = randomFrom(seed, 'initial', layer);
    const limit = Math.sqrt(6 / (inputs + units));
    const data = new Float32Array((inputs + 1) * units);
    for (let i = 0; i < inputs * units; i++) data[i] = (2 * random.next() - 1) * limit;
    return { shape: [inputs + 1, units], data };
  });
}

/** A head that has learned nothing, for features as they are. */
export function untrainedHead(seed: number, dimensions: number, hidden: number, classes: number): HeadWeights {
  const [first, second] = initialParameters(seed, dimensions, hidden, classes).map(splitBias);
  if (first === undefined) throw new RangeError('a head has at least one layer');
  return second === undefined ? { dense: first } : { hidden: first, dense: second };
}

/** Σ kernel² over all layers, biases left out. */
export function squaredKernels(parameters: readonly WeightArray[]): number {
  let sum = 0;
  for (const { shape, data } of parameters) {
    const [rows = 0, units = 0] = shape;
    for (let i = 0; i < (rows - 1) * units; i++) sum += (data[i] ?? 0) ** 2;
  }
  return sum;
}

/** Σ value² over all arrays. */
export function squares(arrays: readonly Float32Array[]): number {
  return arrays.reduce((sum, data) => data.reduce((total, value) => total + value ** 2, sum), 0);
}
