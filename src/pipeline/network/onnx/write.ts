import type { Contract } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import type { Network, NetworkNode, Padding, WeightedNetwork, Weights } from '../../domain/network.ts';
import { normScale } from '../fold.ts';
import { depthOf, inputName, inputsOf, type Shape, samePadding, shapesOf } from '../shapes.ts';
import { weightOf } from '../weights.ts';
import {
  type GraphBuilder,
  graphBuilder,
  sumOverInputs,
  transposeDepthwise,
  transposeKernel,
  windowAttributes,
} from './graph.ts';
import { encodeModel, integer, type OnnxValue, real } from './schema.ts';

export interface OnnxOptions {
  /**
   * `separate`: input [N, size, size, channels]. `equal`: all channels carry the same grey, so that one plane
   * [N, 1, size, size] is enough and the first convolution's kernel is summed over its input channels.
   */
  readonly channels: 'separate' | 'equal';
  /** Nodes whose maps are further outputs, in this order: [N, channels, height, width]. */
  readonly maps?: readonly string[];
  /** Nodes whose maps, averaged over height and width and joined, are the second output `pooled` [N, channels]. */
  readonly pooled?: readonly string[] | undefined;
  /** What the file says of itself, by key. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** How the pictures of a contract fill the input: one window feeds all channels alike. */
export function channelsOf(contract: Pick<Contract, 'windows'>): OnnxOptions['channels'] {
  return contract.windows.length === 1 ? 'equal' : 'separate';
}

interface Context {
  readonly graph: GraphBuilder;
  readonly weights: Weights;
  readonly shapes: ReadonlyMap<string, Shape>;
  /** ONNX value that holds a node's result. Vectors are [N, units, 1, 1] maps until the output. */
  readonly valueFor: (node: string) => string;
  readonly greyInput: boolean;
}

/**
 * The network as an ONNX file (opset 17, float32, free batch). Input `input`; output `probabilities` after a softmax,
 * else `features`. Vectors stay 1x1 maps and dense layers become 1x1 convolutions, which ONNX Runtime computes for each
 * image alone: a row's bits do not depend on its neighbours in the batch, as they do with Gemm.
 */
export function toOnnx(
  { network, weights }: WeightedNetwork,
  options: OnnxOptions = { channels: 'separate' },
): Uint8Array {
  const graph = graphBuilder();
  const shapes = shapesOf(network);
  const isGrey = network.input.channels === 1;
  const greyInput = isGrey || (options.channels === 'equal' && canTakeGrey(network));
  const names = new Map([[inputName, inputValue(graph, greyInput)]]);
  const valueFor = (node: string): string => names.get(node) ?? node;
  const context: Context = { graph, weights, shapes, valueFor, greyInput };
  for (const node of network.nodes) names.set(node.name, writeNode(node, context));
  const outputs = [
    flatOutput(network, context),
    ...(options.pooled?.length ? [pooledOutput(options.pooled, context)] : []),
    ...(options.maps ?? []).map((name) => mapOutput(name, context)),
  ];
  const { size, channels } = network.input;
  const input = { name: inputName, dims: greyInput ? [1, size, size] : [size, size, channels] };
  const { metadata } = options;
  return encodeModel({ nodes: graph.nodes, initializers: graph.initializers(), input, outputs, metadata });
}

/** One plane is enough when only plain convolutions read the input. */
function canTakeGrey(network: Network): boolean {
  const readers = network.nodes.filter((node) => inputsOf(node).includes(inputName));
  return readers.every((node) => node.op === 'conv');
}

function inputValue(graph: GraphBuilder, greyInput: boolean): string {
  if (greyInput) return inputName;
  return graph.node('Transpose', [inputName], 'input_channels_first', [channelsFirst]);
}

const channelsFirst = { name: 'perm', ints: [0, 3, 1, 2], type: 7 } as const;

function flatOutput(network: Network, { graph, shapes, valueFor }: Context): OnnxValue {
  const shape = shapes.get(network.output);
  if (shape?.kind !== 'vector') throw new HilumError('network/bad-graph', { what: 'the output is not a vector' });
  const last = network.nodes.find((node) => node.name === network.output);
  const isClassifier = last?.op === 'dense' && last.activation === 'softmax';
  const name = isClassifier ? 'probabilities' : 'features';
  const value = valueFor(network.output);
  if (isClassifier) {
    graph.node('Flatten', [value], 'logits', [integer('axis', 1)]);
    graph.activation('softmax', 'logits', name);
  } else graph.node('Flatten', [value], name, [integer('axis', 1)]);
  return { name, dims: [shape.units] };
}

function pooledOutput(nodes: readonly string[], { graph, shapes, valueFor }: Context): OnnxValue {
  const pools = nodes.map((node) => graph.node('GlobalAveragePool', [valueFor(node)], `${node}:mean`));
  const joined = graph.node('Concat', pools, 'pooled:joined', [integer('axis', 1)]);
  graph.node('Flatten', [joined], 'pooled', [integer('axis', 1)]);
  const depths = nodes.map((node) => {
    const shape = shapes.get(node);
    return shape === undefined ? 0 : depthOf(shape);
  });
  return { name: 'pooled', dims: [depths.reduce((sum, depth) => sum + depth, 0)] };
}

function mapOutput(node: string, { shapes, valueFor }: Context): OnnxValue {
  const shape = shapes.get(node);
  if (shape?.kind !== 'map') throw new HilumError('network/bad-graph', { what: `"${node}" is no feature map` });
  return { name: valueFor(node), dims: [shape.channels, shape.height, shape.width] };
}

/** @returns name of the ONNX value with the node's result */
function writeNode(node: NetworkNode, context: Context): string {
  const { graph, valueFor } = context;
  const inputs = inputsOf(node).map(valueFor);
  const [input = ''] = inputs;
  const value = `${node.name}:0`;
  switch (node.op) {
    case 'conv':
    case 'depthwise':
      return writeConvolution(node, input, context);
    case 'dense':
      return writeDense(node, input, context);
    case 'maxPool':
    case 'averagePool': {
      const kind = node.op === 'maxPool' ? 'MaxPool' : 'AveragePool';
      const pads = padsOf(node.input, { ...node, kernelSize: node.poolSize }, context);
      return graph.node(
        kind,
        [input],
        value,
        windowAttributes({ kernelSize: node.poolSize, stride: node.stride, pads }),
      );
    }
    case 'leakyRelu':
      return graph.node('LeakyRelu', [input], value, [real('alpha', node.alpha)]);
    case 'flatten':
      return writeFlatten(node, input, graph);
    case 'globalMaxPool':
      return graph.node('GlobalMaxPool', [input], value);
    case 'globalAveragePool':
      return graph.node('GlobalAveragePool', [input], value);
    case 'add':
      return graph.node('Add', inputs, value);
    case 'concat':
      return graph.node('Concat', inputs, value, [integer('axis', 1)]);
    case 'activation':
      return node.activation === 'linear' ? input : graph.activation(node.activation, input, value);
    case 'dropout':
      return input;
    case 'batchNorm':
      return writeBatchNorm(node, input, context);
    case 'pad':
      return writePad(node, input, context);
  }
}

const noPadding: Padding = [0, 0, 0, 0];

interface Window {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding?: 'same' | 'valid';
}

function padsOf(from: string, window: Window, { shapes }: Context): Padding {
  const shape = shapes.get(from);
  if (window.padding !== 'same' || shape?.kind !== 'map') return noPadding;
  return samePadding(shape.height, shape.width, window.kernelSize, window.stride);
}

/** Rows, columns, channels, as Keras orders a flattened map; 0 keeps the batch. */
function writeFlatten(node: Extract<NetworkNode, { op: 'flatten' }>, input: string, graph: GraphBuilder): string {
  const channelsLast = graph.node('Transpose', [input], `${node.name}:last`, [
    { name: 'perm', ints: [0, 2, 3, 1], type: 7 },
  ]);
  const shape = graph.tensor('vector_shape', [4], BigInt64Array.of(0n, -1n, 1n, 1n));
  return graph.node('Reshape', [channelsLast, shape], `${node.name}:0`);
}

function writeConvolution(
  node: Extract<NetworkNode, { op: 'conv' | 'depthwise' }>,
  input: string,
  context: Context,
): string {
  const { graph, weights, shapes, greyInput } = context;
  const from = shapes.get(node.input);
  if (from?.kind !== 'map') throw new HilumError('network/bad-graph', { what: `"${node.name}" needs a feature map` });
  const pads = padsOf(node.input, node, context);
  const kernelName = `${node.name}/${node.op === 'conv' ? 'kernel' : 'depthwise_kernel'}`;
  const { shape, data } = weightOf(weights, kernelName);
  const [, , inputs = 0] = shape;
  const k = node.kernelSize;
  const attributes = windowAttributes({ kernelSize: k, stride: node.stride, pads });
  let kernel: string;
  if (node.op === 'depthwise') {
    attributes.push(integer('group', inputs));
    kernel = graph.tensor(kernelName, [inputs, 1, k, k], transposeDepthwise(shape, data));
  } else if (greyInput && node.input === inputName) {
    const summed = sumOverInputs(shape, data);
    kernel = graph.tensor(kernelName, [node.filters, 1, k, k], transposeKernel([k, k, 1, node.filters], summed));
  } else {
    kernel = graph.tensor(kernelName, [node.filters, inputs, k, k], transposeKernel(shape, data));
  }
  const operands = [input, kernel];
  if (node.bias) {
    const bias = weightOf(weights, `${node.name}/bias`);
    operands.push(graph.tensor(`${node.name}/bias`, bias.shape, bias.data));
  }
  return activated(node, graph, (value) => graph.node('Conv', operands, value, attributes));
}

function writeDense(node: Extract<NetworkNode, { op: 'dense' }>, input: string, { graph, weights }: Context): string {
  const kernel = weightOf(weights, `${node.name}/kernel`);
  const bias = weightOf(weights, `${node.name}/bias`);
  const [inputs = 0, units = 0] = kernel.shape;
  const transposed = transposeKernel([1, 1, inputs, units], kernel.data);
  const operands = [
    input,
    graph.tensor(`${node.name}/kernel`, [units, inputs, 1, 1], transposed),
    graph.tensor(`${node.name}/bias`, bias.shape, bias.data),
  ];
  const attributes = windowAttributes({ kernelSize: 1, stride: 1, pads: noPadding });
  return activated(node, graph, (value) => graph.node('Conv', operands, value, attributes));
}

/** A BatchNorm that no convolution could absorb, as scale and shift of each channel. */
function writeBatchNorm(node: Extract<NetworkNode, { op: 'batchNorm' }>, input: string, context: Context): string {
  const { scale, shift } = normScale(context.weights, node);
  return writePerChannel(node.name, input, { scale, shift, pads: noPadding }, context.graph);
}

function writePad(node: Extract<NetworkNode, { op: 'pad' }>, input: string, { graph, shapes }: Context): string {
  const shape = shapes.get(node.input);
  const scale = new Float32Array(shape === undefined ? 0 : depthOf(shape)).fill(1);
  return writePerChannel(node.name, input, { scale, shift: new Float32Array(scale.length), pads: node.pads }, graph);
}

/** Zeros around a map and a linear function of each channel: a 1x1 depthwise convolution. */
function writePerChannel(
  name: string,
  input: string,
  { scale, shift, pads }: { scale: Float32Array; shift: Float32Array; pads: Padding },
  graph: GraphBuilder,
): string {
  const channels = scale.length;
  const kernel = graph.tensor(`${name}/scale`, [channels, 1, 1, 1], scale);
  const bias = graph.tensor(`${name}/shift`, [channels], shift);
  const attributes = [...windowAttributes({ kernelSize: 1, stride: 1, pads }), integer('group', channels)];
  return graph.node('Conv', [input, kernel, bias], `${name}:0`, attributes);
}

/** The output's softmax is written after flattening, so that it runs over one plain axis. */
function activated(
  node: Extract<NetworkNode, { op: 'conv' | 'depthwise' | 'dense' }>,
  graph: GraphBuilder,
  write: (value: string) => string,
): string {
  const raw = write(`${node.name}:raw`);
  if (node.activation === 'linear' || (node.op === 'dense' && node.activation === 'softmax')) return raw;
  return graph.activation(node.activation, raw, `${node.name}:0`);
}
