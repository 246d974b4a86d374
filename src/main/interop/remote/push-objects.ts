import { statSync } from 'node:fs';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { DvcCache } from '../dvc/cache.ts';
import { eachAtOnce } from './at-once.ts';
import type { RemoteStore } from './store.ts';
import { counter, isFolder, Tally, type TransferOptions, type Transferred } from './transfer.ts';

/**
 * Sends objects of the cache, folders with all their files. What is there with as many bytes is not sent again; a folder's
 * list goes last and only when all its files are there.
 * @throws HilumError `remote/…`, `cancelled/by-user`; what was sent by then is whole
 */
export async function pushObjects(
  cache: DvcCache,
  store: RemoteStore,
  roots: readonly string[],
  { signal, report }: TransferOptions,
): Promise<Transferred> {
  const tally = new Tally();
  const { files, folders } = await expand(cache, roots, tally);
  const all = [...files, ...folders.keys(), ...tally.missing];
  const sizes = await store.sizesOf(all, signal);
  for (const oid of [...tally.missing]) if (sizes.has(oid)) tally.missing.delete(oid);
  const tick = counter('Pushing', files.size + folders.size, report);
  const send = async (oid: string, own: AbortSignal): Promise<void> => {
    const size = sizeOf(cache, oid);
    if (sizes.has(oid) && (size === undefined || sizes.get(oid) === size)) tally.there++;
    else if (size === undefined) tally.missing.add(oid);
    else await sendOne(cache, store, oid, size, tally, own);
    tick();
  };
  await eachAtOnce([...files], signal, send);
  const whole = [...folders].filter(([, children]) => children.every((child) => tally.isWhole(child)));
  await eachAtOnce(
    whole.map(([oid]) => oid),
    signal,
    send,
  );
  return tally.result;
}

/** How many of these objects, files of folders included, the remote does not have. */
export async function countUnpushed(
  cache: DvcCache,
  store: RemoteStore,
  roots: readonly string[],
  signal: AbortSignal,
): Promise<{ objects: number; unpushed: number }> {
  const tally = new Tally();
  const { files, folders } = await expand(cache, roots, tally);
  const all = [...new Set([...files, ...folders.keys(), ...tally.missing])];
  const sizes = await store.sizesOf(all, signal);
  return { objects: all.length, unpushed: all.filter((oid) => !sizes.has(oid)).length };
}

/** Every file, and every folder with its files; a folder whose list cannot be read is noted in the tally. */
async function expand(
  cache: DvcCache,
  roots: readonly string[],
  tally: Tally,
): Promise<{ files: Set<string>; folders: Map<string, string[]> }> {
  const files = new Set(roots.filter((oid) => !isFolder(oid)));
  const folders = new Map<string, string[]>();
  for (const oid of new Set(roots.filter(isFolder))) {
    try {
      const children = (await cache.entriesOf(oid)).map(({ md5 }) => md5);
      for (const child of children) files.add(child);
      folders.set(oid, children);
    } catch (error) {
      if (hasCode(error, 'dvc/object-missing')) tally.missing.add(oid);
      else if (hasCode(error, 'dvc/object-corrupt')) tally.corrupt.add(oid);
      else throw error;
    }
  }
  return { files, folders };
}

async function sendOne(
  cache: DvcCache,
  store: RemoteStore,
  oid: string,
  size: number,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  try {
    await store.send(oid, cache.pathOf(oid), signal);
    tally.moved++;
    tally.bytes += size;
  } catch (error) {
    if (!hasCode(error, 'dvc/object-corrupt')) throw error;
    tally.corrupt.add(oid);
  }
}

function sizeOf(cache: DvcCache, oid: string): number | undefined {
  return statSync(cache.pathOf(oid), { throwIfNoEntry: false })?.size;
}
