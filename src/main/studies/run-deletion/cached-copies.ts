import { chmod, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { byCodePoint } from '../../../pipeline/domain/names.ts';
import { filesOf, sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { type DvcCache, openDvcCache } from '../../interop/dvc/cache.ts';
import { readDvcConfig } from '../../interop/dvc/config.ts';
import { readSeal } from '../../models/sealed-folder.ts';
import { listModels, modelStore } from '../../models/store.ts';
import { folderObject, md5, md5File } from '../../workspace/hashes.ts';
import { readStageLock } from '../../workspace/stage-lock.ts';

/**
 * Copies of stored models in DVC's cache that nothing else needs: neither dvc.lock nor another model. In a workspace
 * under git none: an older dvc.lock may name them, and `dvc gc` is the tool that knows.
 * @param root of the workspace. @param seals of models that go
 * @returns absolute paths of the cache's objects
 */
export async function cachedCopies(root: string, state: string, seals: readonly string[]): Promise<string[]> {
  if (seals.length === 0) return [];
  const { core, cacheDir } = await readDvcConfig(root);
  if (!core.noScm || relative(root, cacheDir).startsWith('..')) return [];
  const cache = await openDvcCache(root);
  const [locked, shared] = await Promise.all([lockedOids(root, cache), hashesOfOthers(state, seals)]);
  const found: string[] = [];
  for (const seal of seals) {
    for (const oid of await oidsOf(join(modelStore(state), seal), shared)) {
      if (!locked.has(oid) && (await cache.has(oid))) found.push(cache.pathOf(oid));
    }
  }
  return found;
}

export async function removeObjects(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    // Objects are read-only, which keeps some systems from removing them.
    await chmod(path, 0o644).catch(() => undefined);
    await rm(path, { force: true });
  }
}

/** Everything that dvc.lock names, folders with what is in them. */
async function lockedOids(root: string, cache: DvcCache): Promise<ReadonlySet<string>> {
  const oids = new Set<string>();
  for (const { deps = [], outs = [] } of Object.values(await readStageLock(root))) {
    for (const { md5: oid } of [...deps, ...outs]) {
      if (oid === undefined) continue;
      oids.add(oid);
      const entries = oid.endsWith('.dir') ? await cache.entriesOf(oid).catch(() => []) : [];
      for (const entry of entries) oids.add(entry.md5);
    }
  }
  return oids;
}

async function hashesOfOthers(state: string, seals: readonly string[]): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for (const { id, folder } of await listModels(state)) {
    if (seals.includes(id)) continue;
    const seal = await readSeal(folder).catch(() => undefined);
    for (const { sha256 } of seal === undefined ? [] : filesOf(seal)) hashes.add(sha256);
  }
  return hashes;
}

/** MD5 of a model's files that no other model has, and of the folder itself. */
async function oidsOf(folder: string, shared: ReadonlySet<string>): Promise<string[]> {
  const seal = await readSeal(folder).catch(() => undefined);
  if (seal === undefined) return [];
  const own: string[] = [];
  const entries = [];
  for (const { name, sha256 } of [...filesOf(seal), { name: sealFile, sha256: '' }]) {
    const path = join(folder, name);
    const size = await stat(path).then(
      (stats) => stats.size,
      () => undefined,
    );
    if (size === undefined) return own;
    const oid = await md5File(path, size);
    entries.push({ md5: oid, relpath: name });
    if (!shared.has(sha256)) own.push(oid);
  }
  const inOrder = entries.sort((a, b) => byCodePoint(a.relpath, b.relpath));
  return [...own, `${md5(Buffer.from(folderObject(inOrder)))}.dir`];
}
