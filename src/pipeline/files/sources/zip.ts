import { open, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256File } from '../../disk/hash.ts';
import { HilumError } from '../../domain/errors.ts';
import { stopIfCancelled } from '../cancel.ts';
import { openStatCache } from '../stat-cache.ts';
import type { FileSource, SourceKind, SourceOptions } from './source.ts';
import { unpackedFiles } from './unpacked.ts';

/** A zip archive on disk, told by its first bytes. Unpacked once into the cache, found there the next time. */
export const zip: SourceKind = {
  recognises: isZip,
  open: async (location, options) => {
    const sha256 = await hashOnce(await realpath(location), options.cacheFolder);
    if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
      throw new HilumError('source/hash-mismatch', { expected: options.sha256, actual: sha256 });
    }
    return openArchive('zip', location, sha256, options);
  },
};

/** @param sha256 of the archive's bytes, already known to be right */
export async function openArchive(
  kind: FileSource['kind'],
  archivePath: string,
  sha256: string,
  options: SourceOptions,
): Promise<FileSource> {
  const files = await unpackedFiles(archivePath, join(options.cacheFolder, 'archives', sha256), options);
  return {
    kind,
    files: async function* () {
      for (const entry of files) {
        stopIfCancelled(options.signal);
        yield entry;
      }
    },
  };
}

/** True for the signature of a local file header, or of an archive without entries (APPNOTE 4.3.7, 4.3.16). */
export async function isZip(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  const handle = await open(path, 'r');
  try {
    const start = Buffer.alloc(4);
    const { bytesRead } = await handle.read(start, 0, 4, 0);
    const signature = bytesRead === 4 ? start.readUInt32LE(0) : 0;
    return signature === 0x04034b50 || signature === 0x06054b50;
  } finally {
    await handle.close();
  }
}

/** An archive of many gigabytes is not hashed again while its size, time and inode stay the same. */
async function hashOnce(path: string, cacheFolder: string): Promise<string> {
  const cache = await openStatCache(join(cacheFolder, 'archives.json'), z.string().length(64), 'sha256 of archives');
  const stats = await stat(path);
  const known = cache.get(path, stats);
  if (known !== undefined) return known;
  const sha256 = await sha256File(path);
  cache.set(path, stats, sha256);
  await cache.save();
  return sha256;
}
