import type { WeightArray, WeightedNetwork } from '../../domain/network.ts';
import type { ChannelRange } from '../../domain/value-ranges.ts';
import { inputName, withInputs } from '../shapes.ts';

const name = 'channel_range';

/** The network with (grey - mean) / std of each channel in front, for ranges that one number cannot tell. */
export function withChannelRange({ network, weights }: WeightedNetwork, { mean, std }: ChannelRange): WeightedNetwork {
  const shape = [mean.length];
  const numbers: Readonly<Record<string, readonly number[]>> = {
    gamma: std.map((each) => 1 / each),
    beta: mean.map((each, channel) => -each / (std[channel] ?? 1)),
    moving_mean: mean.map(() => 0),
    moving_variance: mean.map(() => 1),
  };
  const own = Object.entries(numbers).map(([kind, values]): [string, WeightArray] => [
    `${name}/${kind}`,
    { shape, data: Float32Array.from(values) },
  ]);
  const norm = { op: 'batchNorm', name, input: inputName, epsilon: 1e-12 } as const;
  const others = network.nodes.map((node) => withInputs(node, (from) => (from === inputName ? name : from)));
  return { network: { ...network, nodes: [norm, ...others] }, weights: new Map([...own, ...weights]) };
}
