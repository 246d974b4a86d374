import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '../../disk/atomic.ts';
import { sha256 } from '../../disk/hash.ts';
import { thumbnailPixels } from '../../files/index.ts';

const hashBytes = 32;
const recordBytes = hashBytes + thumbnailPixels;
const checksumBytes = 32;

/** Thumbnails by pixel hash, in one file: records of 32 hash bytes + 48x48 grey bytes, closed by the SHA-256 of all. */
export interface ThumbnailStore {
  get(pixelHash: string): Uint8Array | undefined;
  set(pixelHash: string, grey: Uint8Array): void;
  save(): Promise<void>;
}

/** A missing or damaged file is an empty store: thumbnails can always be made again from the images. */
export async function openThumbnailStore(path: string): Promise<ThumbnailStore> {
  const thumbnails = await load(path);
  let dirty = false;
  return {
    get: (pixelHash) => thumbnails.get(pixelHash),
    set: (pixelHash, grey) => {
      thumbnails.set(pixelHash, grey);
      dirty = true;
    },
    save: async () => {
      if (!dirty) return;
      const body = Buffer.concat([...thumbnails].flatMap(([hash, grey]) => [Buffer.from(hash, 'hex'), grey]));
      await writeFileAtomic(path, Buffer.concat([body, Buffer.from(sha256(body), 'hex')]));
      dirty = false;
    },
  };
}

async function load(path: string): Promise<Map<string, Uint8Array>> {
  const thumbnails = new Map<string, Uint8Array>();
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const body = bytes.subarray(0, Math.max(0, bytes.length - checksumBytes));
  const intact = body.length % recordBytes === 0 && bytes.subarray(body.length).toString('hex') === sha256(body);
  if (!intact) return thumbnails;
  for (let at = 0; at < body.length; at += recordBytes) {
    thumbnails.set(body.toString('hex', at, at + hashBytes), body.subarray(at + hashBytes, at + recordBytes));
  }
  return thumbnails;
}
