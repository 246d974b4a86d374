import { z } from 'zod';
import { HilumError } from '../../domain/errors.ts';
import type { Network, NetworkNode, WeightArray, WeightedNetwork } from '../../domain/network.ts';
import { requireReasonable } from '../limits.ts';
import { type Shape, shapesOf, weightShapes } from '../shapes.ts';
import { elementsOf, sameShape, withWeights } from '../weights.ts';
import { type WeightFinder, weightFinder } from './find-weights.ts';
import { type FlatLayer, type FlatModel, flatLayers, pictureName } from './flat-layers.ts';
import type { ForeignModel } from './foreign.ts';
import { layerBuilders } from './layers/index.ts';

/** A weight of ours: where its numbers come from is known, they are not read yet. */
export interface PlannedWeight {
  readonly shape: readonly number[];
  read(): Float32Array;
}

/** What a layer kind writes into. */
export interface Building {
  readonly finder: WeightFinder;
  /** Adds a node. @returns its name */
  add(node: NetworkNode): string;
  weight(name: string, weight: PlannedWeight): void;
  /** Shape of a value so far. */
  shapeOf(value: string): Shape;
}

/** A layer with its only input, as its kind sees it. */
export interface PlacedLayer extends FlatLayer {
  readonly input: string;
}

export interface ImportedNetwork {
  readonly net: WeightedNetwork;
  /** Layers as the file counts them. */
  readonly layers: number;
  /** The network says nothing of height and width: any size can be asked for. */
  readonly isFreeSize: boolean;
}

const title = 'the network';

/**
 * A foreign model as a network of ours. Everything is described and compared before any weight is read.
 * @param size height and width in pixels where the network leaves them free
 * @throws HilumError `network/…`
 */
export function buildNetwork(foreign: ForeignModel, size: number | undefined): ImportedNetwork {
  const flat = flatLayers(foreign.config);
  const { input, isFreeSize } = inputOf(flat, size);
  const finder = weightFinder(foreign.weights, title);
  const nodes: NetworkNode[] = [];
  const planned = new Map<string, PlannedWeight>();
  const values = new Map([[pictureName, pictureName]]);
  const building: Building = {
    finder,
    add: (node) => {
      nodes.push(node);
      return node.name;
    },
    weight: (name, weight) => planned.set(name, weight),
    shapeOf: (value) => shapeIn({ input, nodes, output: value }, value),
  };
  for (const layer of flat.layers) {
    const inputs = layer.inputs.map((name) => values.get(name) ?? name);
    values.set(layer.name, buildLayer({ ...layer, inputs }, building));
  }
  finder.requireAllUsed();
  const network: Network = { input, nodes, output: values.get(flat.output) ?? flat.output };
  if (nodes.length === 0) throw new HilumError('network/bad-graph', { what: 'it has no layers' });
  requireReasonable(network);
  return { net: withWeights(network, readAll(network, planned), title), layers: flat.layers.length, isFreeSize };
}

function buildLayer(layer: FlatLayer, building: Building): string {
  const build = Object.hasOwn(layerBuilders, layer.kind) ? layerBuilders[layer.kind] : undefined;
  if (build === undefined) throw new HilumError('network/unsupported-layer', { layer: layer.kind.slice(0, 60) });
  try {
    return build({ ...layer, input: layer.inputs[0] ?? pictureName }, building);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`.slice(0, 200);
    throw new HilumError('network/layer-setting', { layer: layer.layerName, kind: layer.kind.slice(0, 60), what });
  }
}

function shapeIn(network: Network, value: string): Shape {
  const shape = shapesOf(network).get(value);
  if (shape === undefined) throw new HilumError('network/bad-graph', { what: `"${value}" is not there` });
  return shape;
}

function inputOf({ inputShape }: FlatModel, size: number | undefined) {
  if (inputShape === undefined) throw wrongInput('it does not say what it takes');
  const [height, width, channels, ...more] = inputShape;
  if (more.length > 0 || channels === undefined || channels === null || ![1, 3].includes(channels)) {
    throw wrongInput(`it takes [${inputShape.join(', ')}]; pictures of one or three channels are needed`);
  }
  const isFreeSize = height === null && width === null;
  const side = isFreeSize ? size : height;
  if (side === undefined || side === null) throw wrongInput('it takes pictures of any size: say which (--size)');
  if (!isFreeSize && height !== width) throw wrongInput(`it takes ${height} x ${width} pixels; squares are needed`);
  if (!isFreeSize && size !== undefined && size !== side)
    throw wrongInput(`it takes ${side} x ${side} pixels, not ${size}`);
  return { input: { size: side, channels }, isFreeSize };
}

function readAll(network: Network, planned: ReadonlyMap<string, PlannedWeight>): Map<string, WeightArray> {
  const shapes = weightShapes(network);
  for (const [name, shape] of shapes) {
    const weight = planned.get(name);
    if (weight === undefined) throw bad(`${name} is missing`);
    if (!sameShape(weight.shape, shape))
      throw bad(`${name} has shape [${weight.shape.join(', ')}], expected [${shape.join(', ')}]`);
  }
  return new Map(
    [...shapes].map(([name, shape]) => {
      const data = planned.get(name)?.read() ?? new Float32Array();
      if (data.length !== elementsOf(shape))
        throw bad(`${name} has ${data.length} values, expected ${elementsOf(shape)}`);
      return [name, { shape, data }];
    }),
  );
}

const wrongInput = (what: string): HilumError => new HilumError('network/input-size', { what });
const bad = (what: string): HilumError => new HilumError('network/bad-weights', { name: title, what });
