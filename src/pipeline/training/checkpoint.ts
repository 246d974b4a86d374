import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, sweepTemporary, writeFolderAtomic } from '../disk/atomic.ts';
import { sha256 } from '../disk/hash.ts';
import { type CheckpointManifest, checkpointManifestSchema, checkpointStateSchema } from '../domain/checkpoint.ts';
import { errnoOf } from '../domain/errors.ts';
import type { WeightArray } from '../domain/network.ts';
import type { HeadCheckpoint } from './head-types.ts';

/** The newest may be lost to a disk fault and the one before it still serves. */
const kept = 2;

/**
 * Writes `epoch-0007/` with state.json, weights.bin and, last, manifest.json; a crash at any point leaves the older ones whole.
 * This one and the one before it are kept.
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`
 */
export async function saveCheckpoint(folder: string, checkpoint: HeadCheckpoint): Promise<void> {
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
export async function loadLatestCheckpoint(folder: string): Promise<HeadCheckpoint | undefined> {
  await sweepTemporary(folder);
  for (const name of await checkpointNames(folder)) {
    const checkpoint = await readCheckpoint(join(folder, name));
    if (checkpoint !== undefined) return checkpoint;
  }
  return undefined;
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

function stateOf({ fingerprint, epoch, step, watch, parameters }: HeadCheckpoint) {
  return { version: 1, fingerprint, epoch, step, watch, layers: parameters.map((layer) => layer.shape) };
}

function arraysOf(checkpoint: HeadCheckpoint): readonly WeightArray[] {
  const { parameters, firstMoments, secondMoments, bestParameters } = checkpoint;
  return [...parameters, ...firstMoments, ...secondMoments, ...bestParameters];
}

function packed(arrays: readonly WeightArray[]): Buffer {
  return Buffer.concat(arrays.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
}

async function readCheckpoint(folder: string): Promise<HeadCheckpoint | undefined> {
  const [manifestBytes, state, weights] = await Promise.all(
    ['manifest.json', 'state.json', 'weights.bin'].map((name) => readFile(join(folder, name)).catch(() => undefined)),
  );
  if (manifestBytes === undefined || state === undefined || weights === undefined) return undefined;
  const manifest = checkpointManifestSchema.safeParse(jsonOf(manifestBytes));
  const isWhole = manifest.data?.['state.json'] === sha256(state) && manifest.data['weights.bin'] === sha256(weights);
  return isWhole ? unpacked(state, weights) : undefined;
}

function unpacked(state: Buffer, weights: Buffer): HeadCheckpoint | undefined {
  const parsed = checkpointStateSchema.safeParse(jsonOf(state));
  if (!parsed.success) return undefined;
  const { layers, fingerprint, epoch, step, watch } = parsed.data;
  const floats = layers.reduce((sum, [rows, units]) => sum + rows * units, 0);
  if (weights.byteLength !== 4 * floats * Float32Array.BYTES_PER_ELEMENT) return undefined;
  let offset = 0;
  const takeLayers = (): WeightArray[] =>
    layers.map(([rows, units]) => {
      const bytes = rows * units * Float32Array.BYTES_PER_ELEMENT;
      const data = new Float32Array(rows * units);
      new Uint8Array(data.buffer).set(weights.subarray(offset, offset + bytes));
      offset += bytes;
      return { shape: [rows, units], data };
    });
  const parameters = takeLayers();
  const firstMoments = takeLayers();
  const secondMoments = takeLayers();
  return { fingerprint, epoch, step, watch, parameters, firstMoments, secondMoments, bestParameters: takeLayers() };
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
