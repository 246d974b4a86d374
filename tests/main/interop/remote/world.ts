import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DvcCache, dvcCacheAt } from '../../../../src/main/interop/dvc/cache.ts';
import { folderRemote } from '../../../../src/main/interop/remote/folder.ts';
import { keyOf, type RemoteStore } from '../../../../src/main/interop/remote/store.ts';
import { temporaryFolder } from '../../../helpers/records.ts';

export const options = { signal: new AbortController().signal, report: () => undefined };

/** A cache with one folder of these files. */
export async function cacheWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ cache: DvcCache; oid: string }> {
  const folder = join(temporaryFolder(), 'data');
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  const cache = dvcCacheAt(temporaryFolder());
  return { cache, oid: (await cache.put(folder)).md5 };
}

export function emptyCache(): DvcCache {
  return dvcCacheAt(temporaryFolder());
}

export async function emptyStore(): Promise<{ store: RemoteStore; folder: string }> {
  const folder = temporaryFolder();
  return { store: await folderRemote.open('store', { url: folder }, {}), folder };
}

/** Objects below a folder in DVC's layout, by name; every one of them has the content of its name. */
export function soundObjects(folder: string): string[] {
  const files = join(folder, 'files/md5');
  if (!existsSync(files)) return [];
  return readdirSync(files, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(files, name)).isFile())
    .map((name) => {
      const oid = name.replace(/[\\/]/, '');
      const md5 = createHash('md5')
        .update(readFileSync(join(files, name)))
        .digest('hex');
      if (oid.replace(/\.dir$/, '') !== md5) throw new Error(`${oid} holds other content`);
      return oid;
    })
    .sort();
}

/** Puts other bytes into an object, of the same length where they fit. */
export function spoil(folder: string, oid: string, bytes: string | Uint8Array = 'rotten'): void {
  const path = join(folder, keyOf(oid));
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
}
