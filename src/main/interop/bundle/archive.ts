import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import type { ArchiveLimits } from '../../../pipeline/files/sources/archive-limits.ts';
import { inspectArchive } from '../../../pipeline/files/sources/inspect.ts';

const limits: ArchiveLimits = { entries: 50_000, totalBytes: 8 * 2 ** 30, fileBytes: 2 * 2 ** 30, ratio: 1000 };

/** Files of a zip by name, each read only when it is asked for. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /** @throws HilumError `bundle/damaged` when it is larger than `mostBytes`, cut short or not what its checksum says */
  read(name: string, mostBytes: number): Promise<Buffer>;
  /** SHA-256 of a file's bytes, each piece handed on before the next one is read. */
  pass(name: string, onPiece?: (piece: Buffer) => Promise<void>): Promise<{ sha256: string; bytes: number }>;
}

/**
 * Lends a zip whose whole directory was checked before any of its bytes is unpacked: no bomb, no name that leads out, no
 * name twice, nothing but files.
 * @throws HilumError `bundle/not-one` for what is no zip, `bundle/damaged` with what is wrong
 */
export async function withArchive<T>(path: string, work: (archive: Archive) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new HilumError('source/unreadable', { source: 'The bundle', errno: errnoOf(error) ?? '' }, { cause: error });
  });
  try {
    if (!(await startsAsZip(path))) throw new HilumError('bundle/not-one');
    const openZip = (): Promise<ZipFile> =>
      yauzl.fromFdPromise(handle.fd, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
    const plans = await damaged(async () => inspectArchive(await openZip(), limits, undefined));
    const wrong = plans.find(({ entry }) => entry !== 'file');
    if (wrong !== undefined) throw new HilumError('bundle/damaged', { what: 'an entry in it is no file' });
    const zip = await damaged(openZip);
    const entries = await damaged(() => entriesOf(zip));
    return await work(archiveOf(zip, entries));
  } finally {
    await handle.close();
  }
}

async function startsAsZip(path: string): Promise<boolean> {
  for await (const piece of createReadStream(path, { end: 3 })) {
    return Buffer.isBuffer(piece) && piece.length === 4 && piece.readUInt32LE(0) === 0x04034b50;
  }
  return false;
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

function archiveOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Archive {
  const pass: Archive['pass'] = (name, onPiece = async () => undefined) =>
    damaged(async () => {
      const entry = entries.get(name);
      if (entry === undefined) throw new HilumError('bundle/damaged', { what: 'a file of it is missing' });
      const hash = createHash('sha256');
      let bytes = 0;
      await pipeline(await zip.openReadStreamPromise(entry), async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) {
          hash.update(piece);
          bytes += piece.length;
          await onPiece(piece);
        }
      });
      return { sha256: hash.digest('hex'), bytes };
    });
  return {
    names: new Set(entries.keys()),
    pass,
    async read(name, mostBytes) {
      if ((entries.get(name)?.uncompressedSize ?? 0) > mostBytes) {
        throw new HilumError('bundle/damaged', { what: `a file in it is larger than ${mostBytes} bytes` });
      }
      const pieces: Buffer[] = [];
      await pass(name, async (piece) => void pieces.push(piece));
      return Buffer.concat(pieces);
    },
  };
}

/** The zip reader's own words, cut before the colon: what follows may be a name from the archive. */
async function damaged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HilumError && error.code === 'source/bad-archive') {
      throw new HilumError('bundle/damaged', { what: String(error.facts.what) }, { cause: error });
    }
    const ofTheDisk = /^E[A-Z0-9]+$/.test(errnoOf(error) ?? '');
    if (error instanceof HilumError || ofTheDisk || !(error instanceof Error)) throw error;
    const what = (error.message.split(/[:.]/, 1)[0] ?? 'it cannot be unpacked').trim();
    throw new HilumError('bundle/damaged', { what }, { cause: error });
  }
}
