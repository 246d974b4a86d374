import type { NetworkNode, WeightedNetwork } from '../../../domain/network.ts';
import { inputName } from '../../../domain/node-names.ts';
import { withInputs } from '../../shapes.ts';
import { freeName, withPlainNames } from '../plain-names.ts';

/**
 * The same network as Keras can say it: names without slashes, and ReLU6 as a layer of its own (Keras 2 knows no activation
 * of that name).
 */
export function forKeras(weighted: WeightedNetwork): WeightedNetwork {
  const { network, weights } = withPlainNames(weighted);
  const taken = new Set([inputName, ...network.nodes.map(({ name }) => name)]);
  const answers = new Map<string, string>();
  const answerOf = (name: string): string => answers.get(name) ?? name;
  const nodes = network.nodes.flatMap((original) => {
    const split = withOwnRelu6(withInputs(original, answerOf), taken);
    answers.set(original.name, split.at(-1)?.name ?? original.name);
    return split;
  });
  return { network: { input: network.input, nodes, output: answerOf(network.output) }, weights };
}

function withOwnRelu6(node: NetworkNode, taken: Set<string>): NetworkNode[] {
  if (!('activation' in node) || node.op === 'activation' || node.activation !== 'relu6') return [node];
  const name = freeName(`${node.name}_relu6`, taken);
  return [
    { ...node, activation: 'linear' },
    { op: 'activation', name, input: node.name, activation: 'relu6' },
  ];
}
