import { closeSync, openSync, readSync } from 'node:fs';
import { constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { diskError } from '../disk/atomic.ts';
import { sha256 } from '../disk/hash.ts';
import { HilumError } from '../domain/errors.ts';
import { featureFile, featureFileName, featureRecordBytes } from '../domain/feature-file.ts';

/**
 * Feature vectors by pixel hash (64 hexadecimal digits), in one append-only file. Vectors that lie on disk stay there until
 * they are asked for; no file stays open in between. One writer at a time: the workspace lock sees to that.
 */
export interface FeatureCache {
  readonly dimensions: number;
  /** Vectors that can be had, flushed or not. */
  size(): number;
  has(pixelHash: string): boolean;
  get(pixelHash: string): Float32Array | undefined;
  /**
   * Keeps a vector in memory until `flush`. A hash that is there already is left as it is.
   * @throws HilumError `image/invalid-output` when a number is not finite
   */
  add(pixelHash: string, vector: Float32Array): void;
  /** Appends what was added and waits for the disk. @throws HilumError `disk/full`, `disk/failed` */
  flush(): Promise<void>;
  /** [hashes.length, dimensions], row-major. Every hash must be there. */
  matrix(hashes: readonly string[]): Float32Array;
}

const { magic, dimensionsAt, headerBytes, hashBytes, checksumBytes } = featureFile;
const pieceBytes = 4 * 2 ** 20;

/**
 * Opens or makes the cache of a key. A record is hash (32 bytes), float32 × dimensions, CRC-32 of both; a torn tail and
 * records with a wrong checksum are never used, and a file of another key or dimension is begun anew.
 * @param key names what the vectors depend on besides the pixels: a hash of pixel rules and backbone
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`
 */
export async function openFeatureCache(
  folder: string,
  { key, dimensions }: { readonly key: string; readonly dimensions: number },
): Promise<FeatureCache> {
  const path = join(folder, featureFileName(sha256(key)));
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT);
    try {
      await startAnewUnlessOurs(handle, headerOf(key, dimensions));
      const { offsets, end } = await readIndex(handle, featureRecordBytes(dimensions));
      return cacheOf(path, dimensions, offsets, end);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskError(error, path);
  }
}

function headerOf(key: string, dimensions: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 0, 'latin1');
  header.write(sha256(key), magic.length, 'hex');
  header.writeUInt32LE(dimensions, dimensionsAt);
  return header;
}

async function startAnewUnlessOurs(handle: FileHandle, header: Buffer): Promise<void> {
  const found = Buffer.alloc(headerBytes);
  const { bytesRead } = await handle.read(found, 0, headerBytes, 0);
  if (bytesRead === headerBytes && found.equals(header)) return;
  await handle.truncate(0);
  await handle.write(header, 0, headerBytes, 0);
}

/** Offsets of the vectors of all sound records; cuts a torn tail off. */
async function readIndex(
  handle: FileHandle,
  recordBytes: number,
): Promise<{ offsets: Map<string, number>; end: number }> {
  const { size } = await handle.stat();
  const records = Math.floor((size - headerBytes) / recordBytes);
  const end = headerBytes + records * recordBytes;
  if (end !== size) await handle.truncate(end);
  const offsets = new Map<string, number>();
  const perPiece = Math.max(1, Math.floor(pieceBytes / recordBytes));
  const piece = Buffer.alloc(Math.min(perPiece, records) * recordBytes);
  for (let start = headerBytes; start < end; start += piece.length) {
    const wanted = Math.min(piece.length, end - start);
    const { bytesRead } = await handle.read(piece, 0, wanted, start);
    for (let at = 0; at + recordBytes <= bytesRead; at += recordBytes) {
      const record = piece.subarray(at, at + recordBytes);
      const body = record.subarray(0, -checksumBytes);
      if (crc32(body) !== record.readUInt32LE(body.length)) continue;
      offsets.set(record.toString('hex', 0, hashBytes), start + at + hashBytes);
    }
  }
  return { offsets, end };
}

function cacheOf(path: string, dimensions: number, offsets: Map<string, number>, firstFree: number): FeatureCache {
  const pending = new Map<string, Float32Array>();
  let end = firstFree;
  let flushing: Promise<void> = Promise.resolve();

  const appendPending = async (handle: FileHandle): Promise<void> => {
    const perPiece = Math.max(1, Math.floor(pieceBytes / (dimensions * 4)));
    for (const batch of batches([...pending], perPiece)) {
      const bytes = Buffer.concat(batch.map(([pixelHash, vector]) => recordOf(pixelHash, vector)));
      await handle.write(bytes, 0, bytes.length, end);
      await handle.sync();
      batch.forEach(([pixelHash], i) => {
        offsets.set(pixelHash, end + (i * bytes.length) / batch.length + hashBytes);
        pending.delete(pixelHash);
      });
      end += bytes.length;
    }
  };
  const read = (hashes: readonly string[]): Float32Array => {
    const result = new Float32Array(hashes.length * dimensions);
    withFile(path, (file) => {
      hashes.forEach((pixelHash, row) => {
        const target = result.subarray(row * dimensions, (row + 1) * dimensions);
        const waiting = pending.get(pixelHash);
        const offset = offsets.get(pixelHash);
        if (waiting !== undefined) target.set(waiting);
        else if (offset !== undefined) readVector(file, target, offset);
        else throw new RangeError('a vector that is not in the cache was asked for');
      });
    });
    return result;
  };
  const has = (pixelHash: string): boolean => pending.has(pixelHash) || offsets.has(pixelHash);

  return {
    dimensions,
    size: () => offsets.size + pending.size,
    has,
    get: (pixelHash) => (has(pixelHash) ? read([pixelHash]) : undefined),
    add(pixelHash, vector) {
      requireStorable(pixelHash, vector, dimensions);
      if (!has(pixelHash)) pending.set(pixelHash, Float32Array.from(vector));
    },
    flush() {
      const append = (): Promise<void> => withHandle(path, appendPending);
      flushing = flushing.then(append, append);
      return flushing;
    },
    matrix: read,
  };
}

async function withHandle(path: string, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    const handle = await open(path, 'r+');
    try {
      await use(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskError(error, path);
  }
}

function withFile(path: string, use: (file: number) => void): void {
  try {
    const file = openSync(path, 'r');
    try {
      use(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw diskError(error, path);
  }
}

function requireStorable(pixelHash: string, vector: Float32Array, dimensions: number): void {
  if (!/^[0-9a-f]{64}$/.test(pixelHash)) throw new RangeError('a pixel hash is 64 hexadecimal digits');
  if (vector.length !== dimensions) throw new RangeError(`expected ${dimensions} numbers, got ${vector.length}`);
  if (!vector.every(Number.isFinite)) throw new HilumError('image/invalid-output');
}

function recordOf(pixelHash: string, vector: Float32Array): Buffer {
  const record = Buffer.alloc(hashBytes + vector.byteLength + checksumBytes);
  record.write(pixelHash, 0, 'hex');
  record.set(bytesOf(vector), hashBytes);
  const body = record.subarray(0, -checksumBytes);
  record.writeUInt32LE(crc32(body), body.length);
  return record;
}

function readVector(file: number, target: Float32Array, offset: number): void {
  const bytesRead = readSync(file, bytesOf(target), 0, target.byteLength, offset);
  if (bytesRead !== target.byteLength) throw new HilumError('disk/failed', { errno: 'EIO' });
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
