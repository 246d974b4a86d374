import type { Network, NetworkNode, WeightedNetwork, Weights } from '../domain/network.ts';
import { headNames, isHeadNode } from '../domain/node-names.ts';
import { weightShapes } from './shapes.ts';
import { elementsOf, withWeights } from './weights.ts';

export { headNames, isHeadNode };

export interface HeadShape {
  /** Share of the features that training drops. */
  readonly dropout: number;
  /** Units of a hidden layer with ReLU; 0 for none. */
  readonly hidden: number;
  /** Number of classes. */
  readonly classes: number;
}

/**
 * Adds dropout → optional dense ReLU → dense softmax to a feature network.
 * @param weights of `head_hidden` and `head`; zeros (every class equally probable) where there are none yet
 */
export function attachHead(
  { network, weights }: WeightedNetwork,
  head: HeadShape & { readonly weights?: Weights },
): WeightedNetwork {
  const nodes: NetworkNode[] = [...network.nodes];
  let value = network.output;
  const then = (node: NetworkNode): void => {
    nodes.push(node);
    value = node.name;
  };
  if (head.dropout > 0) then({ op: 'dropout', name: headNames.dropout, input: value, rate: head.dropout });
  if (head.hidden > 0) {
    then({ op: 'dense', name: headNames.hidden, input: value, units: head.hidden, activation: 'relu' });
  }
  then({ op: 'dense', name: headNames.output, input: value, units: head.classes, activation: 'softmax' });
  const whole = { input: network.input, nodes, output: value };
  return withWeights(whole, new Map([...weights, ...(head.weights ?? zeros(whole, weights))]), 'the head');
}

function zeros(network: Network, known: Weights): Weights {
  const missing = [...weightShapes(network)].filter(([name]) => !known.has(name));
  return new Map(missing.map(([name, shape]) => [name, { shape, data: new Float32Array(elementsOf(shape)) }]));
}
