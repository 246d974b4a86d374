import type { Network, WeightArray, WeightedNetwork } from '../domain/network.ts';
import type { Backbone } from './backbones/backbone.ts';
import { inputsOf, shapesOf, weightShapes } from './shapes.ts';
import { elementsOf } from './weights.ts';

/** A backbone in its full shape with zeros for numbers: enough to count and to measure. */
export function backboneWithoutWeights(backbone: Backbone, size: number): WeightedNetwork {
  const network = backbone.build(size);
  const weights = [...weightShapes(network)].map(([name, shape]): [string, WeightArray] => [
    name,
    { shape, data: new Float32Array(elementsOf(shape)) },
  ]);
  return { network, weights: new Map(weights) };
}

/**
 * Values of all maps, for one image, that the gradient of these weights passes: of every node that depends on one of them, and what
 * it reads.
 */
export function mapsBehind(network: Network, weights: readonly string[]): number {
  const trained = new Set(weights.map((name) => name.slice(0, name.lastIndexOf('/'))));
  const shapes = shapesOf(network);
  const passed = new Set<string>();
  const kept = new Set<string>();
  for (const node of network.nodes) {
    if (!trained.has(node.name) && !inputsOf(node).some((input) => passed.has(input))) continue;
    passed.add(node.name);
    for (const name of [node.name, ...inputsOf(node)]) kept.add(name);
  }
  return [...kept].reduce((sum, name) => {
    const shape = shapes.get(name);
    return sum + (shape?.kind === 'map' ? shape.height * shape.width * shape.channels : (shape?.units ?? 0));
  }, 0);
}
