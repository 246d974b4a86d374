import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskError } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type DvcCache, parseEntries } from '../dvc/cache.ts';
import { giveName } from '../dvc/object-files.ts';
import { hashing } from './hashing.ts';
import { contentMd5, type RemoteStore } from './store.ts';

/** An object that has arrived whole, beside the cache. */
export interface ReceivedObject {
  readonly size: number;
  /** Gives it its place in the cache. */
  keep(): Promise<void>;
  discard(): Promise<void>;
  /** Files of a folder's list; undefined when it is none. */
  entries(): Promise<string[] | undefined>;
}

/** So much of a cut transfer is worth going on with. */
const worthResumingBytes = 2 ** 20;

/**
 * Receives one object into a file beside the cache and compares its MD5 with its name. A large one that was cut goes on
 * where it stopped, also after the process was killed.
 * @returns `missing` when the remote does not have it, `corrupt` when the content is another: nothing of it is kept then
 * @throws HilumError `remote/…`, `disk/…`, `cancelled/by-user`
 */
export async function receiveObject(
  cache: DvcCache,
  store: RemoteStore,
  oid: string,
  signal: AbortSignal,
): Promise<ReceivedObject | 'missing' | 'corrupt'> {
  const path = join(cache.folder, 'tmp', 'incoming', `${oid}.part`);
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw diskError(error, 'cache');
  });
  const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const start = before >= worthResumingBytes ? before : 0;
  const first = await receiveFrom(store, oid, path, start, signal);
  // What was left of the cut transfer may be what is wrong.
  const last = first === 'corrupt' && start > 0 ? await receiveFrom(store, oid, path, 0, signal) : first;
  if (last !== 'whole') {
    await rm(path, { force: true });
    return last;
  }
  return received(cache, oid, path);
}

async function receiveFrom(
  store: RemoteStore,
  oid: string,
  path: string,
  start: number,
  signal: AbortSignal,
): Promise<'whole' | 'missing' | 'corrupt'> {
  const source = await store.receive(oid, start, signal);
  if (source === undefined) return 'missing';
  let lost: { error: unknown } | undefined;
  source.once('error', (error) => {
    lost = { error };
  });
  const hash = createHash('md5');
  if (start > 0) for await (const piece of createReadStream(path, { end: start - 1 })) hash.update(piece);
  try {
    const target = createWriteStream(path, start > 0 ? { flags: 'r+', start } : { flags: 'w' });
    await pipeline(source, hashing(hash), target, { signal });
  } catch (error) {
    if (signal.aborted) throw new HilumError('cancelled/by-user');
    throw lost === undefined ? diskError(error, 'cache') : store.faultOf(lost.error);
  }
  return hash.digest('hex') === contentMd5(oid) ? 'whole' : 'corrupt';
}

function received(cache: DvcCache, oid: string, path: string): ReceivedObject {
  return {
    size: statSync(path).size,
    async keep() {
      const target = cache.pathOf(oid);
      try {
        await giveName(path, target);
      } catch (error) {
        throw diskError(error, 'cache');
      }
    },
    discard: () => rm(path, { force: true }),
    async entries() {
      try {
        return parseEntries(await readFile(path, 'utf8'), oid).map(({ md5 }) => md5);
      } catch {
        return undefined;
      }
    },
  };
}
