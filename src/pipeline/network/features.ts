import { HilumError } from '../domain/errors.ts';
import type { Network, NetworkNode, WeightedNetwork } from '../domain/network.ts';
import type { Backbone } from './backbones/backbone.ts';
import { nodesOfFeatures } from './backbones/index.ts';
import { foldBatchNorm } from './fold.ts';
import { inputsOf, shapesOf } from './shapes.ts';
import { withWeights } from './weights.ts';

/** Name of the node that holds the feature vector. */
export const featuresName = 'features';

/**
 * What a head is trained on: the backbone as loaded, cut after the wanted feature levels, each pooled over height and
 * width, joined in the given order, BatchNorm folded away.
 * @throws HilumError `network/unknown-tap` with the nearest known level
 */
export function featureNetwork(
  loaded: WeightedNetwork,
  backbone: Backbone,
  levels: readonly string[],
): WeightedNetwork {
  return foldBatchNorm(cutAndPool(loaded, nodesOfFeatures(backbone, levels)));
}

/** Length of the vector that a network answers with: the dimensions of the features. */
export function featureDimensions(network: Network): number {
  const shape = shapesOf(network).get(network.output);
  if (shape?.kind !== 'vector') throw new HilumError('network/bad-graph', { what: 'the output is not a vector' });
  return shape.units;
}

/** Length of the vector of each feature level; with the user's own weights it may be another. */
export function levelDimensions(backbone: Backbone): Record<string, number> {
  const shapes = shapesOf(backbone.build(backbone.defaultSize));
  return Object.fromEntries(
    backbone.features.map((level) => {
      const shape = shapes.get(backbone.nodeOfFeature(level));
      return [level, shape?.kind === 'map' ? shape.channels : 0];
    }),
  );
}

function cutAndPool({ network, weights }: WeightedNetwork, taps: readonly string[]): WeightedNetwork {
  const kept = nodesBefore(network, taps);
  const names = taps.length === 1 ? [featuresName] : taps.map((input) => `${input}_pool`);
  const pools = taps.map((input, index) => poolNode(names[index] ?? featuresName, input));
  const joined: NetworkNode[] = taps.length === 1 ? [] : [{ op: 'concat', name: featuresName, inputs: names }];
  const cut: Network = { input: network.input, nodes: [...kept, ...pools, ...joined], output: featuresName };
  return withWeights(cut, weights, 'the feature network');
}

/** The part of a network that leads to a node, which becomes its answer. */
export function cutAt({ network, weights }: WeightedNetwork, output: string): WeightedNetwork {
  const cut: Network = { input: network.input, nodes: nodesBefore(network, [output]), output };
  return withWeights(cut, weights, 'the feature network');
}

function poolNode(name: string, input: string): NetworkNode {
  return { op: 'globalAveragePool', name, input };
}

function nodesBefore(network: Network, wanted: readonly string[]): readonly NetworkNode[] {
  const needed = new Set(wanted);
  for (const node of network.nodes.toReversed()) {
    if (needed.has(node.name)) for (const input of inputsOf(node)) needed.add(input);
  }
  return network.nodes.filter((node) => needed.has(node.name));
}
