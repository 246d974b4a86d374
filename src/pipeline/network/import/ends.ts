import { HilumError } from '../../domain/errors.ts';
import type { NetworkNode, WeightArray, WeightedNetwork } from '../../domain/network.ts';
import { cutAt } from '../features.ts';
import { inputsOf, shapesOf } from '../shapes.ts';
import { weightOf } from '../weights.ts';

type Dense = Extract<NetworkNode, { op: 'dense' }>;

/** How the network itself ended. */
export const endings = ['softmax', 'sigmoid', 'logits'] as const;
export type Ending = (typeof endings)[number];

/**
 * The network as a classifier that ends in a dense softmax layer. One sigmoid unit becomes two classes, no and yes, with logits 0
 * and z: the same probabilities. Logits get the softmax that they lack.
 * @throws HilumError `network/not-classifier`
 */
export function asClassifier(net: WeightedNetwork): { readonly net: WeightedNetwork; readonly ending: Ending } {
  const { dense, activation } = lastDense(net);
  if (activation !== 'linear' && activation !== 'softmax' && activation !== 'sigmoid') {
    throw new HilumError('network/not-classifier', { what: `its last layer ends in ${activation}` });
  }
  if (dense.units === 1) {
    if (activation === 'softmax') throw new HilumError('network/not-classifier', { what: 'it has one class only' });
    return { net: withTwoClasses(net, dense), ending: 'sigmoid' };
  }
  if (activation === 'sigmoid') {
    throw new HilumError('network/not-classifier', {
      what: 'its answers are independent of each other (several sigmoids)',
    });
  }
  return {
    net: endingIn(net, { ...dense, activation: 'softmax' }),
    ending: activation === 'linear' ? 'logits' : 'softmax',
  };
}

/** The network up to its last feature map. @throws HilumError `network/no-map` */
export function upToLastMap(net: WeightedNetwork): WeightedNetwork {
  const { network } = net;
  const shapes = shapesOf(network);
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  let name = network.output;
  while (shapes.get(name)?.kind !== 'map') {
    const node = byName.get(name);
    const [before, ...others] = node === undefined ? [] : inputsOf(node);
    if (before === undefined || others.length > 0) throw new HilumError('network/no-map');
    name = before;
  }
  if (!byName.has(name)) throw new HilumError('network/no-map');
  return cutAt(net, name);
}

function lastDense({ network }: WeightedNetwork): { dense: Dense; activation: Dense['activation'] } {
  const of = (name: string): NetworkNode | undefined => network.nodes.find((node) => node.name === name);
  let last = of(network.output);
  let activation: Dense['activation'] = 'linear';
  if (last?.op === 'activation') {
    activation = last.activation;
    last = of(last.input);
  }
  if (last?.op !== 'dense')
    throw new HilumError('network/not-classifier', { what: 'it does not end in a dense layer' });
  if (activation !== 'linear' && last.activation !== 'linear') {
    throw new HilumError('network/not-classifier', { what: 'its last layer has two activations' });
  }
  return { dense: last, activation: activation === 'linear' ? last.activation : activation };
}

function endingIn({ network, weights }: WeightedNetwork, dense: Dense): WeightedNetwork {
  const nodes = network.nodes.flatMap((node) => {
    if (node.name === dense.name) return [dense];
    return node.name === network.output ? [] : [node];
  });
  return { network: { ...network, nodes, output: dense.name }, weights };
}

function withTwoClasses(net: WeightedNetwork, dense: Dense): WeightedNetwork {
  const kernel = weightOf(net.weights, `${dense.name}/kernel`);
  const bias = weightOf(net.weights, `${dense.name}/bias`);
  const besideZero = (values: Float32Array): Float32Array =>
    Float32Array.from([...values].flatMap((value) => [0, value]));
  const changed: [string, WeightArray][] = [
    [`${dense.name}/kernel`, { shape: [kernel.shape[0] ?? 0, 2], data: besideZero(kernel.data) }],
    [`${dense.name}/bias`, { shape: [2], data: besideZero(bias.data) }],
  ];
  const wide = endingIn(net, { ...dense, units: 2, activation: 'softmax' });
  return { network: wide.network, weights: new Map([...net.weights, ...changed]) };
}
