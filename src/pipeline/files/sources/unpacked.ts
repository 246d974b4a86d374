import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError, sweepTemporary, writeFolderAtomic } from '../../disk/atomic.ts';
import { HilumError } from '../../domain/errors.ts';
import { lstatAll } from '../disk-entries.ts';
import { indexName, readIndex } from './archive-index.ts';
import type { SourceEntry, SourceOptions } from './source.ts';
import { unpack } from './unpack.ts';

/**
 * Entries of an archive that lies unpacked in `folder`; unpacks it first where it does not, or where a file went missing.
 * @throws HilumError `source/bad-archive`, `disk/…`, `cancelled/by-user`
 */
export async function unpackedFiles(
  archivePath: string,
  folder: string,
  options: SourceOptions,
): Promise<SourceEntry[]> {
  const known = await readUnpacked(folder);
  if (known !== undefined) return known;
  await mkdir(dirname(folder), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, dirname(folder));
  });
  await sweepTemporary(dirname(folder));
  await writeFolderAtomic(folder, (aside) => unpack(archivePath, aside, options));
  const fresh = await readUnpacked(folder);
  if (fresh === undefined) throw new HilumError('disk/failed', { errno: 'EIO' });
  return fresh;
}

/** Undefined when the folder is not there, or is not what was unpacked: then it has to be made again. */
export async function readUnpacked(folder: string): Promise<SourceEntry[] | undefined> {
  const index = await readIndex(folder);
  if (index === undefined) return undefined;
  const paths = index.entries.map((entry) => join(folder, 'name' in entry ? entry.name : indexName));
  const result: SourceEntry[] = [];
  for await (const { index: at, stats } of lstatAll(paths)) {
    const [entry, path] = [index.entries[at], paths[at]];
    if (entry === undefined || path === undefined) continue;
    if ('refused' in entry) {
      result.push(entry);
    } else {
      if (typeof stats === 'string' || !stats.isFile() || stats.size !== entry.size) return undefined;
      result.push({ file: entry.file, path, size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino });
    }
  }
  return result;
}
