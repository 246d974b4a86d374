import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { DvcCache } from '../dvc/cache.ts';
import { eachAtOnce } from './at-once.ts';
import { receiveObject } from './receive-object.ts';
import type { RemoteStore } from './store.ts';
import { counter, isFolder, Tally, type TransferOptions, type Transferred } from './transfer.ts';

/**
 * Brings objects into the cache, folders with all their files. What is in the cache is not asked for; a folder's list is
 * put in last, when all its files are. Nothing whose MD5 is not its name gets in.
 * @throws HilumError `remote/…`, `disk/…`, `cancelled/by-user`; what was received by then is whole
 */
export async function fetchObjects(
  cache: DvcCache,
  store: RemoteStore,
  roots: readonly string[],
  { signal, report }: TransferOptions,
): Promise<Transferred> {
  const tally = new Tally();
  const files = new Set(roots.filter((oid) => !isFolder(oid)));
  const children = new Map<string, readonly string[]>();
  const lists = new Map<string, () => Promise<void>>();
  await eachAtOnce([...new Set(roots.filter(isFolder))], signal, async (oid, own) => {
    const list = await folderList(cache, store, oid, tally, own);
    if (list === undefined) return;
    children.set(oid, list.files);
    lists.set(oid, list.keep);
    for (const file of list.files) files.add(file);
  });
  const tick = counter('Fetching', files.size, report);
  await eachAtOnce([...files], signal, async (oid, own) => {
    await fetchOne(cache, store, oid, tally, own);
    tick();
  });
  for (const [oid, keep] of lists) if (children.get(oid)?.every((file) => tally.isWhole(file)) === true) await keep();
  return tally.result;
}

interface FolderList {
  readonly files: readonly string[];
  /** Puts it into the cache. */
  keep(): Promise<void>;
}

/** A folder's list from the cache, else from the remote, where it is held back until its files are there. */
async function folderList(
  cache: DvcCache,
  store: RemoteStore,
  oid: string,
  tally: Tally,
  signal: AbortSignal,
): Promise<FolderList | undefined> {
  const known = await knownFiles(cache, oid);
  if (known !== undefined) {
    tally.there++;
    return { files: known, keep: async () => undefined };
  }
  const received = await receiveObject(cache, store, oid, signal);
  if (typeof received === 'string') {
    tally[received].add(oid);
    return undefined;
  }
  const files = await received.entries();
  if (files === undefined) {
    tally.corrupt.add(oid);
    await received.discard();
    return undefined;
  }
  const keep = async (): Promise<void> => {
    tally.moved++;
    tally.bytes += received.size;
    await received.keep();
  };
  return { files, keep };
}

/** Undefined: the cache does not have the list, or not with the content of its name. */
async function knownFiles(cache: DvcCache, oid: string): Promise<string[] | undefined> {
  try {
    return (await cache.entriesOf(oid)).map(({ md5 }) => md5);
  } catch (error) {
    if (hasCode(error, 'dvc/object-missing') || hasCode(error, 'dvc/object-corrupt')) return undefined;
    throw error;
  }
}

async function fetchOne(
  cache: DvcCache,
  store: RemoteStore,
  oid: string,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  if (await cache.has(oid)) {
    tally.there++;
    return;
  }
  const received = await receiveObject(cache, store, oid, signal);
  if (typeof received === 'string') {
    tally[received].add(oid);
    return;
  }
  await received.keep();
  tally.moved++;
  tally.bytes += received.size;
}
