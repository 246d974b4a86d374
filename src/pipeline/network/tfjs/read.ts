import { z } from 'zod';
import { HilumError } from '../../domain/errors.ts';
import type { Network, NetworkNode, WeightedNetwork } from '../../domain/network.ts';
import { requireReasonable } from '../limits.ts';
import { inputName } from '../shapes.ts';
import { withWeights } from '../weights.ts';
import { layerReaders } from './layers.ts';
import { readModelJson, readWeights } from './read-weights.ts';

const title = 'the model';

const reference = z.tuple([z.string(), z.literal(0), z.literal(0)]).rest(z.unknown());
const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().min(1).max(200),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.array(reference)).max(1),
});
const topologySchema = z.object({
  model_config: z.object({
    config: z.object({
      layers: z.array(layerSchema).max(1001),
      output_layers: z.tuple([reference]),
    }),
  }),
});
const inputSchema = z.object({
  batch_input_shape: z
    .tuple([z.null(), z.int().min(1), z.int().min(1), z.int().min(1)])
    .refine(([, height, width]) => height === width, 'expected equal height and width'),
});

type Layer = z.infer<typeof layerSchema>;

/**
 * Reads a tfjs layers-model folder as a network: allow-listed layers only, weights checked.
 * @throws HilumError `network/unsupported-layer`, `network/bad-graph`, `network/bad-weights`, `network/too-large`
 */
export async function readTfjs(folder: string): Promise<WeightedNetwork> {
  const model = await readModelJson(folder, title);
  const network = readTopology(model.modelTopology);
  requireReasonable(network);
  return withWeights(network, await readWeights(folder, model, title), title);
}

function readTopology(json: unknown): Network {
  const { layers, output_layers } = parse(topologySchema, json, 'modelTopology').model_config.config;
  const [first, ...rest] = layers;
  if (first?.class_name !== 'InputLayer') throw badGraph('the first layer is not an InputLayer');
  const [, size, , channels] = parse(inputSchema, first.config, first.name).batch_input_shape;
  const rename = (name: string): string => (name === first.name ? inputName : name);
  const nodes = rest.map((layer) => readLayer(layer, rename));
  return { input: { size, channels }, nodes, output: rename(output_layers[0][0]) };
}

function readLayer(layer: Layer, rename: (name: string) => string): NetworkNode {
  const kind = layer.class_name;
  const reader = Object.hasOwn(layerReaders, kind) ? layerReaders[kind] : undefined;
  if (reader === undefined) throw new HilumError('network/unsupported-layer', { layer: kind.slice(0, 60) });
  const inputs = (layer.inbound_nodes[0] ?? []).map(([name]) => rename(name));
  try {
    return reader.read(layer.config, layer.name, inputs);
  } catch (error) {
    throw zodAsGraphError(error, layer.name);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  try {
    return schema.parse(value);
  } catch (error) {
    throw zodAsGraphError(error, where);
  }
}

function zodAsGraphError(error: unknown, where: string): unknown {
  if (!(error instanceof z.ZodError)) return error;
  const issue = error.issues[0];
  return badGraph(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'not valid'}`);
}

function badGraph(what: string): HilumError {
  return new HilumError('network/bad-graph', { what });
}
