import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../../domain/errors.ts';
import { requireParameters } from '../../limits.ts';
import { readPlainFile, shardName } from '../../tfjs/read-weights.ts';
import { elementsOf } from '../../weights.ts';
import type { ForeignModel, ForeignWeight } from '../foreign.ts';
import type { Sniffed } from '../sniff.ts';
import { byteLengthOf, decodeWeight, problemOf, specSchema, type WeightSpec } from './tfjs-values.ts';

const title = 'the model';
const largestJson = 16 * 2 ** 20;

const manifestSchema = z.array(
  z.object({ paths: z.array(shardName).min(1).max(10_000), weights: z.array(specSchema) }),
);

const modelSchema = z.object({
  format: z.string().optional(),
  modelTopology: z.record(z.string(), z.unknown()).nullable(),
  weightsManifest: manifestSchema,
});

/** A JSON file, or a folder with model.json. */
export function isTfjs(found: Sniffed): boolean {
  if (found.entries !== undefined) return found.entries.has('model.json');
  return /^\s*\{/.test(new TextDecoder('latin1').decode(found.head.subarray(0, 100)));
}

/**
 * Opens a tfjs layers-model (converters and tfjs itself, versions 1 to 4): sharded, quantized or not.
 * @throws HilumError `network/graph-model`, `network/weights-only`, `network/bad-file`, `network/bad-weights`, `network/too-large`
 */
export async function openTfjs({ path, entries }: Sniffed): Promise<ForeignModel> {
  const folder = entries === undefined ? dirname(path) : path;
  const file = entries === undefined ? basename(path) : 'model.json';
  const model = parseModel(await readPlainFile(folder, file, title, (size) => size <= largestJson), file);
  const config = topologyOf(model.format, model.modelTopology, file);
  requireParameters(model.weightsManifest.flatMap(({ weights }) => weights.map(({ shape }) => shape)));
  const weights: ForeignWeight[] = [];
  for (const group of model.weightsManifest) weights.push(...(await openGroup(folder, group)));
  return { config, weights, close: () => {} };
}

function parseModel(bytes: Uint8Array, file: string): z.infer<typeof modelSchema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new HilumError('network/bad-file', { file, what: 'it is not valid JSON' }, { cause: error });
  }
  const isGraph = z.looseObject({ modelTopology: z.looseObject({ node: z.unknown() }) }).safeParse(json);
  if (isGraph.success && isGraph.data.modelTopology.node !== undefined) throw new HilumError('network/graph-model');
  if (!z.looseObject({ weightsManifest: z.unknown() }).safeParse(json).success)
    throw new HilumError('network/not-recognised');
  const parsed = modelSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
  throw new HilumError(issue?.path[0] === 'weightsManifest' ? 'network/bad-weights' : 'network/bad-file', {
    name: title,
    file,
    what,
  });
}

/** Converters put `model_config` around the model; tfjs itself does not. */
function topologyOf(format: string | undefined, topology: Record<string, unknown> | null, file: string): unknown {
  if (format === 'graph-model') throw new HilumError('network/graph-model');
  if (topology === null) throw new HilumError('network/weights-only', { file });
  return topology.model_config ?? topology;
}

async function openGroup(folder: string, group: z.infer<typeof manifestSchema>[number]): Promise<ForeignWeight[]> {
  const expected = group.weights.reduce((sum, spec) => sum + byteLengthOf(spec), 0);
  const sizes = await Promise.all(group.paths.map((path) => sizeOf(folder, path)));
  const found = sizes.reduce((sum, size) => sum + size, 0);
  if (found !== expected) throw bad(`expected ${expected} bytes of weights, found ${found}`);
  const bytes = new Uint8Array(expected);
  let filled = 0;
  for (const [index, path] of group.paths.entries()) {
    bytes.set(await readPlainFile(folder, path, title, (size) => size === sizes[index]), filled);
    filled += sizes[index] ?? 0;
  }
  let start = 0;
  return group.weights.map((spec) => {
    const own = bytes.subarray(start, start + byteLengthOf(spec));
    start += own.length;
    return weightOf(spec, own);
  });
}

function weightOf(spec: WeightSpec, bytes: Uint8Array): ForeignWeight {
  const path = spec.name.replace(/:0$/, '').split('/');
  const { shape } = spec;
  return {
    ...{ path, group: undefined, shape, problem: problemOf(spec) },
    read: () => decodeWeight(spec, bytes, elementsOf(shape)),
  };
}

async function sizeOf(folder: string, path: string): Promise<number> {
  const status = await lstat(join(folder, path)).catch(() => undefined);
  if (status === undefined) throw bad(`${path} is missing`);
  if (!status.isFile()) throw bad(`${path} is not a regular file`);
  return status.size;
}

const bad = (what: string): HilumError => new HilumError('network/bad-weights', { name: title, what });
