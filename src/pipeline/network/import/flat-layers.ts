import { z } from 'zod';
import { HilumError } from '../../domain/errors.ts';
import { networkLimits } from '../limits.ts';
import { inboundOf, outputsOf } from './inbound.ts';
import { nodeNames } from './node-names.ts';

/** A layer of the whole network, sub-models dissolved. */
export interface FlatLayer {
  readonly kind: string;
  /** As its own model calls it. */
  readonly layerName: string;
  /** Sub-models around it, outermost first. */
  readonly parents: readonly string[];
  /** Its name in our network. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names in our network. */
  readonly inputs: readonly string[];
}

export interface FlatModel {
  /** Shape that the network says it takes, without the batch; null where a side is free, undefined where nothing is said. */
  readonly inputShape: readonly (number | null)[] | undefined;
  readonly layers: readonly FlatLayer[];
  readonly output: string;
}

const deepest = 8;
const modelKinds = ['Sequential', 'Functional', 'Model'];

const configSchema = z.record(z.string(), z.unknown());
const modelSchema = z.object({
  class_name: z.string().max(200),
  config: z.union([configSchema, z.array(z.unknown())]),
});
const layerSchema = z.object({
  class_name: z.string().max(200),
  name: z.string().min(1).max(200).optional(),
  config: z.looseObject({ name: z.string().min(1).max(200).optional() }),
  inbound_nodes: z.array(z.unknown()).optional(),
});
type Layer = z.infer<typeof layerSchema>;
const dimension = z.int().min(1).max(100_000).nullable();
const shapeSchema = z.tuple([z.unknown()]).rest(dimension);

/** The name that stands for the picture before the layers have one. */
export const pictureName = 'input';

/**
 * Layers of a Keras or tfjs model in an order in which each comes after what it reads.
 * @throws HilumError `network/bad-graph`, `network/shared-layer`, `network/many-inputs`, `network/too-large`
 */
export function flatLayers(model: unknown): FlatModel {
  const state: State = { layers: [], names: nodeNames(), inputShape: undefined };
  const output = flatten(model, pictureName, [], state);
  return { inputShape: state.inputShape, layers: state.layers, output };
}

interface State {
  readonly layers: FlatLayer[];
  readonly names: ReturnType<typeof nodeNames>;
  inputShape: FlatModel['inputShape'];
}

/** @returns name of the value that the model answers with */
function flatten(json: unknown, feed: string, parents: readonly string[], state: State): string {
  if (parents.length > deepest) throw badGraph(`models are nested more than ${deepest} deep`);
  const model = parse(modelSchema, json, 'the model');
  if (!modelKinds.includes(model.class_name))
    throw new HilumError('network/unsupported-layer', { layer: model.class_name.slice(0, 60) });
  const listed = Array.isArray(model.config) ? model.config : model.config.layers;
  const layers = parse(z.array(layerSchema).min(1), listed, 'layers');
  if (layers.length > networkLimits.layers) {
    throw new HilumError('network/too-large', { actual: layers.length, limit: networkLimits.layers, unit: 'layers' });
  }
  const isChain = model.class_name === 'Sequential';
  return isChain ? chain(layers, feed, parents, state) : graph(layers, model.config, feed, parents, state);
}

function chain(layers: readonly Layer[], feed: string, parents: readonly string[], state: State): string {
  let value = feed;
  const seen = new Set<string>();
  for (const layer of layers) value = place(layer, [value], parents, state, seen);
  return value;
}

function graph(
  layers: readonly Layer[],
  config: unknown,
  feed: string,
  parents: readonly string[],
  state: State,
): string {
  const { input_layers, output_layers } = parse(
    z.object({ input_layers: z.unknown(), output_layers: z.unknown() }),
    config,
    'the model',
  );
  requireOne('inputs', outputsOf(input_layers).length);
  const outputs = outputsOf(output_layers);
  requireOne('outputs', outputs.length);
  const values = new Map<string, string>();
  const seen = new Set<string>();
  for (const layer of inOrder(layers)) {
    const inputs = inboundOf(nameOf(layer), layer.inbound_nodes).map((name) => values.get(name) ?? '');
    values.set(nameOf(layer), place(layer, inputs.length === 0 ? [feed] : inputs, parents, state, seen));
  }
  const output = values.get(outputs[0] ?? '');
  if (output === undefined) throw badGraph(`there is no output layer "${outputs[0]}"`);
  return output;
}

/** Adds a layer, or everything inside a sub-model. @returns name of its value */
function place(
  layer: Layer,
  inputs: readonly string[],
  parents: readonly string[],
  state: State,
  seen: Set<string>,
): string {
  const own = nameOf(layer);
  if (seen.has(own)) throw badGraph(`two layers are named "${own}"`);
  seen.add(own);
  const { class_name: kind, config } = layer;
  noteInputShape(config, inputs, state);
  if (kind === 'InputLayer') return inputs[0] ?? pictureName;
  if (modelKinds.includes(kind)) {
    requireOne('inputs', inputs.length);
    return flatten({ class_name: kind, config }, inputs[0] ?? pictureName, [...parents, own], state);
  }
  if (state.layers.length >= networkLimits.layers) {
    throw new HilumError('network/too-large', {
      actual: state.layers.length + 1,
      limit: networkLimits.layers,
      unit: 'layers',
    });
  }
  const name = state.names.of(own, parents);
  state.layers.push({ kind, layerName: own, parents, name, config, inputs });
  return name;
}

function noteInputShape(config: Readonly<Record<string, unknown>>, inputs: readonly string[], state: State): void {
  const written = config.batch_input_shape ?? config.batch_shape;
  if (state.inputShape !== undefined || inputs[0] !== pictureName || !Array.isArray(written)) return;
  const [, ...shape] = parse(shapeSchema, written, 'the shape of the input');
  state.inputShape = shape;
}

/** Each layer after those that it reads. */
function inOrder(layers: readonly Layer[]): Layer[] {
  const byName = new Map<string, Layer>();
  for (const layer of layers) {
    if (byName.has(nameOf(layer))) throw badGraph(`two layers are named "${nameOf(layer)}"`);
    byName.set(nameOf(layer), layer);
  }
  const waiting = new Map(
    layers.map((layer) => [nameOf(layer), new Set(inboundOf(nameOf(layer), layer.inbound_nodes))]),
  );
  for (const [name, inputs] of waiting) {
    const unknown = [...inputs].find((input) => !byName.has(input));
    if (unknown !== undefined) throw badGraph(`layer "${name}" reads "${unknown}", which does not exist`);
  }
  const ordered: Layer[] = [];
  const done = new Set<string>();
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, inputs]) => [...inputs].every((input) => done.has(input)));
    const [first] = ready;
    if (first === undefined)
      throw badGraph(`layers read each other in a circle, "${[...waiting.keys()][0]}" among them`);
    for (const [name] of ready) {
      waiting.delete(name);
      done.add(name);
      const layer = byName.get(name);
      if (layer !== undefined) ordered.push(layer);
    }
  }
  return ordered;
}

function nameOf(layer: Layer): string {
  const name = layer.name ?? layer.config.name;
  if (name === undefined) throw badGraph(`a ${layer.class_name.slice(0, 60)} has no name`);
  return name;
}

function requireOne(what: 'inputs' | 'outputs', actual: number): void {
  if (actual > 1) throw new HilumError('network/many-inputs', { what, actual });
  if (actual < 1) throw badGraph(`it has no ${what}`);
}

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badGraph(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'not valid'}`);
}

function badGraph(what: string): HilumError {
  return new HilumError('network/bad-graph', { what: what.slice(0, 300) });
}
