import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf, HilumError } from '../../domain/errors.ts';
import type { WeightArray, Weights } from '../../domain/network.ts';
import { requireParameters } from '../limits.ts';
import { allFinite, elementsOf } from '../weights.ts';

const maximumJsonBytes = 16 * 2 ** 20;

/** A shard is a file of the folder itself: no separators, no parent, no address, no hidden name. */
export const shardName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'expected the plain name of a file beside model.json');

const specSchema = z.object({
  name: z.string().min(1).max(500),
  shape: z
    .array(
      z
        .int()
        .min(1)
        .max(2 ** 31),
    )
    .max(8),
  dtype: z.literal('float32', 'expected float32'),
  quantization: z.undefined('expected weights without quantization').optional(),
});

const modelJsonSchema = z.object({
  modelTopology: z.unknown(),
  weightsManifest: z.array(z.object({ paths: z.array(shardName).min(1), weights: z.array(specSchema) })),
});
export type TfjsModelJson = z.infer<typeof modelJsonSchema>;

/**
 * model.json of a tfjs layers-model, checked but not interpreted.
 * @param title what the model is, in error sentences
 * @throws HilumError `network/bad-weights`, `network/too-large`
 */
export async function readModelJson(folder: string, title: string): Promise<TfjsModelJson> {
  const bytes = await readPlainFile(folder, 'model.json', title, (size) => size <= maximumJsonBytes);
  const parsed = modelJsonSchema.safeParse(parseJson(bytes, title));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw bad(title, `model.json: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  requireParameters(parsed.data.weightsManifest.flatMap((group) => group.weights.map((spec) => spec.shape)));
  return parsed.data;
}

/**
 * The weights of a tfjs layers-model folder, by their full names. Read by this reader and never by tfjs' own,
 * which follows any path in the manifest.
 * @throws HilumError `network/bad-weights` for paths, lengths, kinds or values that are not right
 */
export async function readWeights(folder: string, model: TfjsModelJson, title: string): Promise<Weights> {
  const weights = new Map<string, WeightArray>();
  for (const group of model.weightsManifest) {
    const expectedBytes = 4 * group.weights.reduce((sum, spec) => sum + elementsOf(spec.shape), 0);
    const values = await readShards(folder, group.paths, expectedBytes, title);
    let start = 0;
    for (const { name, shape } of group.weights) {
      const data = values.subarray(start, start + elementsOf(shape));
      start += data.length;
      if (weights.has(name)) throw bad(title, `${name} stands twice in the manifest`);
      if (!allFinite(data)) throw bad(title, `${name} holds values that are not finite`);
      weights.set(name, { shape, data });
    }
  }
  return weights;
}

async function readShards(
  folder: string,
  paths: readonly string[],
  expectedBytes: number,
  title: string,
): Promise<Float32Array> {
  const bytes = new Uint8Array(expectedBytes);
  let filled = 0;
  for (const path of paths) {
    const shard = await readPlainFile(folder, path, title, (size) => filled + size <= expectedBytes);
    bytes.set(shard, filled);
    filled += shard.length;
  }
  if (filled !== expectedBytes) throw bad(title, `expected ${expectedBytes} bytes of weights, found ${filled}`);
  return new Float32Array(bytes.buffer);
}

/** A regular file of the folder, no link, whose size is right before a byte is read. */
export async function readPlainFile(
  folder: string,
  name: string,
  title: string,
  sizeIsRight: (bytes: number) => boolean,
): Promise<Uint8Array> {
  const handle = await openPlain(folder, name, title);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw bad(title, `${name} is not a regular file`);
    if (!sizeIsRight(status.size)) throw bad(title, `${name} has ${status.size} bytes, more than there should be`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function openPlain(folder: string, name: string, title: string): Promise<FileHandle> {
  try {
    return await open(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const errno = errnoOf(error);
    const what = errno === 'ELOOP' ? `${name} is a link` : `${name} cannot be read (${errno})`;
    throw new HilumError('network/bad-weights', { name: title, what }, { cause: error });
  }
}

function parseJson(bytes: Uint8Array, title: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new HilumError(
      'network/bad-weights',
      { name: title, what: 'model.json is not valid JSON' },
      { cause: error },
    );
  }
}

function bad(title: string, what: string): HilumError {
  return new HilumError('network/bad-weights', { name: title, what });
}
