import { HilumError } from '../domain/errors.ts';
import type { Network, NetworkNode, Padding } from '../domain/network.ts';
import { inputName } from '../domain/node-names.ts';

export { inputName };

/** Value of a node for one image: a feature map (height, width, channels) or a vector. */
export type Shape =
  | { readonly kind: 'map'; readonly height: number; readonly width: number; readonly channels: number }
  | { readonly kind: 'vector'; readonly units: number };

type MapShape = Extract<Shape, { kind: 'map' }>;

/** Names of the nodes that a node reads. */
export function inputsOf(node: NetworkNode): readonly string[] {
  return 'inputs' in node ? node.inputs : [node.input];
}

/** The same node reading from elsewhere. */
export function withInputs(node: NetworkNode, rename: (name: string) => string): NetworkNode {
  if (node.op === 'add') return { ...node, inputs: [rename(node.inputs[0]), rename(node.inputs[1])] };
  if (node.op === 'concat') return { ...node, inputs: node.inputs.map(rename) };
  return { ...node, input: rename(node.input) };
}

/**
 * Shape of every node's value, by name, the input included.
 * @throws HilumError `network/bad-graph` when nodes do not fit together, are out of order or share a name
 */
export function shapesOf(network: Network): ReadonlyMap<string, Shape> {
  const { size, channels } = network.input;
  const shapes = new Map<string, Shape>([[inputName, { kind: 'map', height: size, width: size, channels }]]);
  for (const node of network.nodes) {
    if (shapes.has(node.name)) throw badGraph(`two nodes are named "${node.name}"`);
    const inputs = inputsOf(node).map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined) throw badGraph(`"${node.name}" reads "${name}", which is not before it`);
      return shape;
    });
    shapes.set(node.name, outputShape(node, inputs));
  }
  if (!shapes.has(network.output)) throw badGraph(`there is no output node "${network.output}"`);
  return shapes;
}

/**
 * Shape of every weight that a network needs, by name, in the order of the nodes.
 * Keras' names: kernel [h,w,in,out], depthwise_kernel [h,w,channels,1], bias, gamma, beta, moving_mean, moving_variance.
 */
export function weightShapes(network: Network): ReadonlyMap<string, readonly number[]> {
  const shapes = shapesOf(network);
  const result = new Map<string, readonly number[]>();
  for (const node of network.nodes) {
    if ('inputs' in node) continue;
    const input = shapes.get(node.input);
    const channels = input === undefined ? 0 : depthOf(input);
    for (const [kind, shape] of nodeWeights(node, channels)) result.set(`${node.name}/${kind}`, shape);
  }
  return result;
}

function nodeWeights(node: NetworkNode, channels: number): readonly (readonly [string, readonly number[]])[] {
  switch (node.op) {
    case 'conv': {
      const kernel = ['kernel', [node.kernelSize, node.kernelSize, channels, node.filters]] as const;
      return node.bias ? [kernel, ['bias', [node.filters]]] : [kernel];
    }
    case 'depthwise': {
      const kernel = ['depthwise_kernel', [node.kernelSize, node.kernelSize, channels, 1]] as const;
      return node.bias ? [kernel, ['bias', [channels]]] : [kernel];
    }
    case 'batchNorm':
      return ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((kind) => [kind, [channels]] as const);
    case 'dense':
      return [
        ['kernel', [channels, node.units]],
        ['bias', [node.units]],
      ];
    default:
      return [];
  }
}

/** Channels of a map, units of a vector. */
export function depthOf(shape: Shape): number {
  return shape.kind === 'map' ? shape.channels : shape.units;
}

/**
 * Zeros around a map so that `same` behaves as in TensorFlow: output = ceil(input / stride), the odd zero after.
 * Source: TensorFlow, tf.nn "Notes on padding".
 */
export function samePadding(height: number, width: number, kernelSize: number, stride: number): Padding {
  const [top, bottom] = sameEdges(height, kernelSize, stride);
  const [left, right] = sameEdges(width, kernelSize, stride);
  return [top, bottom, left, right];
}

function sameEdges(length: number, kernelSize: number, stride: number): readonly [number, number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + kernelSize - length, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

function outputShape(node: NetworkNode, inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  switch (node.op) {
    case 'conv':
      return windowed(requireMap(node, first), node, node.filters);
    case 'depthwise': {
      const map = requireMap(node, first);
      return windowed(map, node, map.channels);
    }
    case 'maxPool': {
      const map = requireMap(node, first);
      return windowed(
        map,
        { name: node.name, kernelSize: node.poolSize, stride: node.stride, padding: node.padding ?? 'valid' },
        map.channels,
      );
    }
    case 'averagePool': {
      const map = requireMap(node, first);
      return windowed(map, { ...node, kernelSize: node.poolSize }, map.channels);
    }
    case 'flatten': {
      const { height, width, channels } = requireMap(node, first);
      return { kind: 'vector', units: positive(node, height * width * channels) };
    }
    case 'pad': {
      const map = requireMap(node, first);
      const [top, bottom, left, right] = node.pads;
      return { ...map, height: map.height + top + bottom, width: map.width + left + right };
    }
    case 'globalAveragePool':
    case 'globalMaxPool':
      return { kind: 'vector', units: requireMap(node, first).channels };
    case 'dense':
      return { kind: 'vector', units: positive(node, requireVector(node, first) && node.units) };
    case 'concat':
      return concatenated(node, inputs);
    case 'add':
      return sameShapes(node, inputs);
    case 'batchNorm':
    case 'activation':
    case 'leakyRelu':
    case 'dropout':
      if (first === undefined) throw badGraph(`"${node.name}" has no input`);
      return first;
  }
}

interface Windowed {
  readonly name: string;
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

function windowed(map: MapShape, node: Windowed, channels: number): Shape {
  const extent = (length: number): number => {
    const steps = node.padding === 'same' ? length : length - node.kernelSize + 1;
    return positive(node, Math.ceil(steps / node.stride));
  };
  return { kind: 'map', height: extent(map.height), width: extent(map.width), channels: positive(node, channels) };
}

function concatenated(node: NetworkNode, inputs: readonly Shape[]): Shape {
  const [first] = inputs;
  if (first?.kind !== 'map') {
    return {
      kind: 'vector',
      units: positive(
        node,
        inputs.reduce((sum, each) => sum + requireVector(node, each), 0),
      ),
    };
  }
  const maps = inputs.map((each) => requireMap(node, each));
  if (maps.some(({ height, width }) => height !== first.height || width !== first.width)) {
    throw badGraph(`"${node.name}" joins maps of different sizes`);
  }
  return {
    ...first,
    channels: positive(
      node,
      maps.reduce((sum, { channels }) => sum + channels, 0),
    ),
  };
}

function sameShapes(node: NetworkNode, [a, b]: readonly Shape[]): Shape {
  if (a?.kind === 'vector' && b?.kind === 'vector' && a.units === b.units) return a;
  const left = requireMap(node, a);
  const right = requireMap(node, b);
  const equal = left.height === right.height && left.width === right.width && left.channels === right.channels;
  if (!equal) throw badGraph(`"${node.name}" adds maps of different shapes`);
  return left;
}

function requireMap(node: NetworkNode, shape: Shape | undefined): MapShape {
  if (shape?.kind !== 'map') throw badGraph(`"${node.name}" needs a feature map`);
  return shape;
}

function requireVector(node: NetworkNode, shape: Shape | undefined): number {
  if (shape?.kind !== 'vector') throw badGraph(`"${node.name}" needs a vector`);
  return shape.units;
}

function positive(node: { readonly name: string }, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw badGraph(`"${node.name}" would have size ${value}`);
  return value;
}

function badGraph(what: string): HilumError {
  return new HilumError('network/bad-graph', { what });
}
