import { HilumError } from '../domain/errors.ts';
import type { Network, WeightArray, WeightedNetwork, Weights } from '../domain/network.ts';
import { weightShapes } from './shapes.ts';

/** Number of values of a shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The weight of that name. @throws HilumError `network/bad-weights` when it is missing */
export function weightOf(weights: Weights, name: string): WeightArray {
  const weight = weights.get(name);
  if (weight === undefined)
    throw new HilumError('network/bad-weights', { name: 'the network', what: `${name} is missing` });
  return weight;
}

/**
 * Joins a network with its numbers and checks every one: present, right shape, finite. Surplus weights are left out.
 * @param title what the weights are for, in error sentences
 * @throws HilumError `network/bad-weights`, `network/bad-graph`
 */
export function withWeights(network: Network, weights: Weights, title: string): WeightedNetwork {
  const needed = new Map<string, WeightArray>();
  for (const [name, shape] of weightShapes(network)) {
    const weight = weights.get(name);
    if (weight === undefined) throw new HilumError('network/bad-weights', { name: title, what: `${name} is missing` });
    if (!sameShape(weight.shape, shape) || weight.data.length !== elementsOf(shape)) {
      const what = `${name} has shape [${weight.shape.join(', ')}], expected [${shape.join(', ')}]`;
      throw new HilumError('network/bad-weights', { name: title, what });
    }
    if (!allFinite(weight.data)) {
      throw new HilumError('network/bad-weights', { name: title, what: `${name} holds values that are not finite` });
    }
    needed.set(name, weight);
  }
  return { network, weights: needed };
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** True when no value is NaN or infinite. The sum of zeros times each value is zero exactly then. */
export function allFinite(data: Float32Array): boolean {
  let sum = 0;
  for (const value of data) sum += value * 0;
  return sum === 0;
}
