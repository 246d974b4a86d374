import { HilumError } from '../domain/errors.ts';
import type { WeightArray, WeightedNetwork } from '../domain/network.ts';

/**
 * The network with its logits divided by a temperature: kernel and bias of the last layer carry it, so that every engine and
 * every program that loads the model answers with the scaled probabilities.
 * @param temperature above 0; 1 leaves the network as it is
 * @throws HilumError `network/bad-graph` when it does not end in a softmax layer
 */
export function withDividedLogits(weighted: WeightedNetwork, temperature: number): WeightedNetwork {
  if (temperature === 1) return weighted;
  const { network, weights } = weighted;
  const last = network.nodes.find(({ name }) => name === network.output);
  if (last?.op !== 'dense' || last.activation !== 'softmax') {
    throw new HilumError('network/bad-graph', { what: 'the output is no softmax layer' });
  }
  const divided = [...weights].map(([name, array]): [string, WeightArray] =>
    name === `${last.name}/kernel` || name === `${last.name}/bias`
      ? [name, { shape: array.shape, data: array.data.map((value) => value / temperature) }]
      : [name, array],
  );
  return { network, weights: new Map(divided) };
}
