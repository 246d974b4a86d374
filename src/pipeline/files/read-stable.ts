import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { oddKind } from '../disk/entries.ts';
import { sha256 } from '../disk/hash.ts';
import { HilumError } from '../domain/errors.ts';
import { errnoName } from './disk-entries.ts';

/** Bytes that were in a file at one moment, and the state of the file at that moment. */
export interface StableRead {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

export const maximumFileBytes = 2 * 2 ** 30;

/**
 * Reads a regular file whole, and only if it did not change meanwhile; a change is tried once more. A file written within
 * the last quarter of a second is left to settle first.
 * @throws HilumError `image/unstable`, `image/missing`, `image/unreadable`, `image/not-a-file`, `image/too-large`
 */
export async function readStable(path: string): Promise<StableRead> {
  const read = (await readUnlessChanged(path)) ?? (await readUnlessChanged(path));
  if (read === undefined) throw new HilumError('image/unstable');
  return read;
}

/** O_NOFOLLOW and O_NONBLOCK: a link is not followed and a pipe does not block, even when one took the file's place just now. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function readUnlessChanged(path: string): Promise<StableRead | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, openFlags);
    return await readOpened(handle);
  } catch (error) {
    throw readError(error);
  } finally {
    await handle?.close();
  }
}

async function readOpened(handle: FileHandle): Promise<StableRead | undefined> {
  const askedMs = Date.now();
  const before = await handle.stat();
  const what = oddKind(before);
  if (what !== undefined) throw new HilumError('image/not-a-file', { what });
  if (before.size > maximumFileBytes) {
    throw new HilumError('image/too-large', { actual: before.size, unit: 'bytes', limit: maximumFileBytes });
  }
  if (!(await isSettled(handle, before, askedMs))) return undefined;
  const bytes = await readAll(handle, before.size);
  const after = await handle.stat();
  if (bytes === undefined || !sameState(before, after)) return undefined;
  return { bytes, sha256: sha256(bytes), size: after.size, mtimeMs: after.mtimeMs, ino: after.ino };
}

/** Undefined when the file ends early. */
async function readAll(handle: FileHandle, size: number): Promise<Buffer | undefined> {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return bytes;
}

const settleMs = 250;

/**
 * Waits until a file that was written just now has been left alone for a moment: it may be half copied. It also makes
 * the comparison of times sound, as two changes within one tick of the file system's clock leave the same time.
 * @param askedMs time before the state was asked for: on a busy machine the answer is old when it is looked at
 */
async function isSettled(handle: FileHandle, stats: Stats, askedMs: number): Promise<boolean> {
  const ageMs = askedMs - stats.mtimeMs;
  if (Math.abs(ageMs) >= settleMs) return true;
  await setTimeout(settleMs - ageMs);
  return sameState(stats, await handle.stat());
}

function sameState(a: Stats, b: Stats): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

function readError(error: unknown): unknown {
  if (error instanceof HilumError) return error;
  const errno = errnoName(error);
  if (errno === 'ENOENT') return new HilumError('image/missing', {}, { cause: error });
  if (errno === 'ELOOP') return new HilumError('image/not-a-file', { what: 'symbolic link' }, { cause: error });
  if (errno === 'ENXIO') return new HilumError('image/not-a-file', { what: 'socket' }, { cause: error });
  return new HilumError('image/unreadable', { errno }, { cause: error });
}
