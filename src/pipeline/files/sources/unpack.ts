import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { writeFileAtomic } from '../../disk/atomic.ts';
import { errnoOf, HilumError } from '../../domain/errors.ts';
import { orCancelled, stopIfCancelled } from '../cancel.ts';
import { type ArchiveIndex, indexName } from './archive-index.ts';
import { defaultArchiveLimits } from './archive-limits.ts';
import { inspectArchive, type Plan } from './inspect.ts';
import type { SourceOptions } from './source.ts';

/**
 * Unpacks a zip into an empty folder under names of our own (000001.bin …) and writes index.json, which says what each
 * one is called in the archive: no path is ever built from an entry's name. Everything the central directory promises
 * is checked before the first byte is written, sizes and CRC-32 again while writing.
 * @throws HilumError `source/bad-archive` (nothing is left), `cancelled/by-user`; failures of the disk as they come
 */
export async function unpack(archivePath: string, folder: string, options: SourceOptions): Promise<void> {
  const archive = await open(archivePath, 'r');
  try {
    const before = await archive.stat();
    const limits = options.limits ?? defaultArchiveLimits;
    const plans = await inspectArchive(await openZip(archive), limits, options.signal);
    const entries = await extractAll(await openZip(archive), plans, folder, options);
    const after = await archive.stat();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new HilumError('source/bad-archive', { what: 'it changed while it was read' });
    }
    await writeFileAtomic(join(folder, indexName), JSON.stringify({ version: 1, entries } satisfies ArchiveIndex));
  } catch (error) {
    throw archiveError(orCancelled(error, options.signal));
  } finally {
    await archive.close();
  }
}

function openZip(archive: FileHandle): Promise<ZipFile> {
  return yauzl.fromFdPromise(archive.fd, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
}

type IndexEntry = ArchiveIndex['entries'][number];

async function extractAll(
  zip: ZipFile,
  plans: readonly Plan[],
  folder: string,
  options: SourceOptions,
): Promise<IndexEntry[]> {
  const made: IndexEntry[] = [];
  let at = 0;
  for await (const entry of zip.eachEntry()) {
    stopIfCancelled(options.signal);
    const plan = plans[at++];
    if (plan === undefined || plan.entry === 'skip') continue;
    if (plan.entry !== 'file') {
      made.push({ file: plan.file, refused: plan.entry.refused, facts: plan.entry.facts });
    } else {
      const name = `${String(at).padStart(6, '0')}.bin`;
      await extract(zip, entry, join(folder, name), options.signal);
      made.push({ file: plan.file, name, size: entry.uncompressedSize });
    }
    options.onProgress?.('unpack', at, plans.length);
  }
  return inWalkOrder(made);
}

async function extract(zip: ZipFile, entry: Entry, path: string, signal: AbortSignal | undefined): Promise<void> {
  let size = 0;
  let crc = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
  });
  // The output is opened last: nobody would hear its errors while the entry is still being looked up.
  const packed = await zip.openReadStreamPromise(entry);
  await pipeline(packed, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
  if (size !== entry.uncompressedSize) throw new HilumError('source/bad-archive', { what: 'a size in it is wrong' });
  if (crc !== entry.crc32) throw new HilumError('source/bad-archive', { what: 'a checksum in it is wrong' });
}

/** The order in which a walk over the unpacked folders would meet them: folder by folder, names by code point. */
function inWalkOrder(entries: readonly IndexEntry[]): IndexEntry[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.file.replaceAll('/', '\u0000')) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

/** The reader's own words, cut before the colon: what follows may be a name from the archive. */
function archiveError(error: unknown): unknown {
  const ofTheDisk = /^E[A-Z0-9]+$/.test(errnoOf(error) ?? '');
  if (error instanceof HilumError || ofTheDisk || !(error instanceof Error)) return error;
  const what = (error.message.split(/[:.]/, 1)[0] ?? 'it is damaged').trim();
  return new HilumError('source/bad-archive', { what }, { cause: error });
}
