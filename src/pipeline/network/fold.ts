import type { Activation, NetworkNode, WeightArray, WeightedNetwork, Weights } from '../domain/network.ts';
import { inputsOf, withInputs } from './shapes.ts';
import { weightOf } from './weights.ts';

type Convolution = Extract<NetworkNode, { op: 'conv' | 'depthwise' }>;

/**
 * The same function without BatchNorm: scale and shift of inference mode go into the convolution before it, and an
 * activation that follows goes into the node's own. Also what frees frozen layers of moving statistics.
 * kernel' = kernel * s, bias' = (bias - mean) * s + beta, with s = gamma / sqrt(variance + epsilon) per output channel.
 */
export function foldBatchNorm({ network, weights }: WeightedNetwork): WeightedNetwork {
  const readers = countReaders(network.nodes, network.output);
  const renamed = new Map<string, string>();
  const nodes: NetworkNode[] = [];
  const folded = new Map(weights);
  const indexOf = new Map<string, number>();
  for (const original of network.nodes) {
    const node = withInputs(original, (name) => renamed.get(name) ?? name);
    const before = 'input' in node ? nodes[indexOf.get(node.input) ?? -1] : undefined;
    const absorbed = 'input' in original && readers.get(original.input) === 1 && before && absorb(before, node);
    if (!absorbed) {
      indexOf.set(node.name, nodes.push(node) - 1);
      continue;
    }
    if (node.op === 'batchNorm' && isConvolution(before)) scaleWeights(folded, before, node);
    nodes[indexOf.get(absorbed.name) ?? -1] = absorbed;
    renamed.set(original.name, absorbed.name);
    indexOf.set(original.name, indexOf.get(absorbed.name) ?? -1);
  }
  const output = renamed.get(network.output) ?? network.output;
  return { network: { input: network.input, nodes, output }, weights: folded };
}

/** The first node with the second inside, or undefined where that is not the same function. */
function absorb(before: NetworkNode, node: NetworkNode): NetworkNode | undefined {
  const open = (isConvolution(before) || before.op === 'dense') && before.activation === 'linear';
  if (!open) return undefined;
  if (node.op === 'batchNorm' && isConvolution(before)) return { ...before, bias: true };
  if (node.op === 'activation' && isPointwise(node.activation)) return { ...before, activation: node.activation };
  return undefined;
}

function isPointwise(activation: Activation): boolean {
  return activation !== 'softmax';
}

function isConvolution(node: NetworkNode | undefined): node is Convolution {
  return node?.op === 'conv' || node?.op === 'depthwise';
}

function countReaders(nodes: readonly NetworkNode[], output: string): ReadonlyMap<string, number> {
  const readers = new Map<string, number>([[output, 1]]);
  for (const input of nodes.flatMap(inputsOf)) readers.set(input, (readers.get(input) ?? 0) + 1);
  return readers;
}

function scaleWeights(
  weights: Map<string, WeightArray>,
  convolution: Convolution,
  norm: Extract<NetworkNode, { op: 'batchNorm' }>,
): void {
  const kernelName = `${convolution.name}/${convolution.op === 'conv' ? 'kernel' : 'depthwise_kernel'}`;
  const kernel = weightOf(weights, kernelName);
  const oldBias = convolution.bias ? weightOf(weights, `${convolution.name}/bias`).data : undefined;
  const { scale, shift } = normScale(weights, norm);
  const channels = scale.length;
  // The last axis of both kernels' memory is the output channel: [h,w,in,out] and [h,w,channels,1].
  const scaled = kernel.data.map((value, index) => value * (scale[index % channels] ?? 0));
  const bias = shift.map((value, channel) => (oldBias?.[channel] ?? 0) * (scale[channel] ?? 0) + value);
  weights.set(kernelName, { shape: kernel.shape, data: scaled });
  weights.set(`${convolution.name}/bias`, { shape: [channels], data: bias });
  for (const kind of ['gamma', 'beta', 'moving_mean', 'moving_variance']) weights.delete(`${norm.name}/${kind}`);
}

/** What a BatchNorm does in inference: value * scale + shift, per channel. */
export function normScale(
  weights: Weights,
  norm: Extract<NetworkNode, { op: 'batchNorm' }>,
): { readonly scale: Float32Array; readonly shift: Float32Array } {
  const of = (kind: string): Float32Array => weightOf(weights, `${norm.name}/${kind}`).data;
  const [gamma, beta, mean, variance] = [of('gamma'), of('beta'), of('moving_mean'), of('moving_variance')];
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + norm.epsilon));
  const shift = beta.map((value, channel) => value - (mean[channel] ?? 0) * (scale[channel] ?? 0));
  return { scale, shift };
}
