import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, sweepTemporary, writeFolderAtomic } from '../disk/atomic.ts';
import { sha256 } from '../disk/hash.ts';
import {
  type CheckpointManifest,
  type CheckpointState,
  checkpointManifestSchema,
  checkpointStateSchema,
} from '../domain/checkpoint.ts';
import { errnoOf } from '../domain/errors.ts';
import type { WeightArray, Weights } from '../domain/network.ts';
import type { Checkpoint } from './loop-types.ts';

/** The newest may be lost to a disk fault and the one before it still serves. */
const kept = 2;

/**
 * Writes `epoch-0007/` with state.json, weights.bin and, last, manifest.json; a crash at any point leaves the older ones whole.
 * This one and the one before it are kept.
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const state = Buffer.from(`${JSON.stringify(stateOf(checkpoint), null, 2)}\n`);
  const weights = packed(arraysOf(checkpoint));
  const manifest = { 'state.json': sha256(state), 'weights.bin': sha256(weights) } satisfies CheckpointManifest;
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  await writeFolderAtomic(join(folder, nameOf(checkpoint.epoch)), async (aside) => {
    await writeSynced(join(aside, 'weights.bin'), weights);
    await writeSynced(join(aside, 'state.json'), state);
    await writeSynced(join(aside, 'manifest.json'), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  });
  const names = await checkpointNames(folder);
  // A higher epoch is what an abandoned run left in the folder.
  const current = names.filter((name) => epochOf(name) <= checkpoint.epoch).slice(0, kept);
  for (const name of names.filter((each) => !current.includes(each)))
    await rm(join(folder, name), { recursive: true, force: true });
}

/**
 * The newest checkpoint whose files are all there and have the hashes of its manifest; a damaged one is passed over.
 * Call it only while no other process writes in the folder: what a killed writer left is removed.
 */
export async function loadLatestCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  await sweepTemporary(folder);
  for (const name of await checkpointNames(folder)) {
    const checkpoint = await readCheckpoint(join(folder, name));
    if (checkpoint !== undefined) return checkpoint;
  }
  return undefined;
}

/** Of a training that came to its end only the newest one is kept: nobody goes back any more. */
export async function keepNewestCheckpoint(folder: string): Promise<void> {
  const [, ...older] = await checkpointNames(folder);
  for (const name of older) await rm(join(folder, name), { recursive: true, force: true });
}

const namePattern = /^epoch-(\d{4,})$/;

function nameOf(epoch: number): string {
  return `epoch-${String(epoch).padStart(4, '0')}`;
}

function epochOf(name: string): number {
  return Number(namePattern.exec(name)?.[1]);
}

/** Newest first. */
async function checkpointNames(folder: string): Promise<string[]> {
  const names: readonly string[] = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw diskError(error, folder);
  });
  return names.filter((name) => namePattern.test(name)).sort((a, b) => epochOf(b) - epochOf(a));
}

function stateOf({ fingerprint, epoch, step, watch, parameters }: Checkpoint): CheckpointState {
  const weights = [...parameters].map(([name, { shape }]) => ({ name, shape: [...shape] }));
  return { version: 2, fingerprint: { ...fingerprint }, epoch, step, watch, weights };
}

/** All in the order of the parameters. */
function arraysOf({ parameters, firstMoments, secondMoments, bestParameters }: Checkpoint): readonly WeightArray[] {
  return [parameters, firstMoments, secondMoments, bestParameters].flatMap((arrays) =>
    [...parameters.keys()].map((name) => {
      const array = arrays.get(name);
      if (array === undefined) throw new RangeError(`a checkpoint without ${name}`);
      return array;
    }),
  );
}

function packed(arrays: readonly WeightArray[]): Buffer {
  return Buffer.concat(arrays.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
}

async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const [manifestBytes, state, weights] = await Promise.all(
    ['manifest.json', 'state.json', 'weights.bin'].map((name) => readFile(join(folder, name)).catch(() => undefined)),
  );
  if (manifestBytes === undefined || state === undefined || weights === undefined) return undefined;
  const manifest = checkpointManifestSchema.safeParse(jsonOf(manifestBytes));
  const isWhole = manifest.data?.['state.json'] === sha256(state) && manifest.data['weights.bin'] === sha256(weights);
  return isWhole ? unpacked(state, weights) : undefined;
}

function unpacked(state: Buffer, bytes: Buffer): Checkpoint | undefined {
  const parsed = checkpointStateSchema.safeParse(jsonOf(state));
  if (!parsed.success) return undefined;
  const { weights, version: _version, ...rest } = parsed.data;
  const floats = weights.reduce((sum, { shape }) => sum + lengthOf(shape), 0);
  if (bytes.byteLength !== 4 * floats * Float32Array.BYTES_PER_ELEMENT) return undefined;
  let offset = 0;
  const takeAll = (): Weights =>
    new Map(
      weights.map(({ name, shape }): [string, WeightArray] => {
        const data = new Float32Array(lengthOf(shape));
        new Uint8Array(data.buffer).set(bytes.subarray(offset, offset + data.byteLength));
        offset += data.byteLength;
        return [name, { shape, data }];
      }),
    );
  const parameters = takeAll();
  const firstMoments = takeAll();
  const secondMoments = takeAll();
  return { ...rest, parameters, firstMoments, secondMoments, bestParameters: takeAll() };
}

function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Not JSON: the schema refuses undefined, and the caller passes the checkpoint over.
    return undefined;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
