import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { diskError, renameWithRetry, syncFolder } from '../../pipeline/disk/atomic.ts';

/** A file on the disk, or bytes, under its name in the zip. */
export interface ZipEntry {
  readonly path: string;
  readonly from: string | Buffer;
}

/** Writes a zip that is there whole or not at all. @throws HilumError `disk/…`, `config/not-writable` */
export async function writeZip(path: string, entries: readonly ZipEntry[], madeAt: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await fill(temporary, entries, new Date(madeAt));
    await renameWithRetry(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}

async function fill(path: string, entries: readonly ZipEntry[], mtime: Date): Promise<void> {
  const zip = new ZipFile();
  const options = { mtime, mode: 0o100644 };
  for (const { path: name, from } of entries) {
    if (typeof from === 'string') zip.addFile(from, name, options);
    else zip.addBuffer(from, name, options);
  }
  zip.end();
  const stop = new AbortController();
  // A file that cannot be read is told by the zip, not by its stream, which would wait for ever.
  const failed = once(zip, 'error', { signal: stop.signal }).then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  try {
    const { signal } = stop;
    await Promise.race([pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx' }), { signal }), failed]);
  } finally {
    stop.abort();
  }
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
