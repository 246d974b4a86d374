import { existsSync } from 'node:fs';
import { type DvcCache, openDvcCache } from '../interop/dvc/cache.ts';
import type { Hasher } from '../workspace/hashes.ts';
import type { PipelineStage } from '../workspace/pipeline-file.ts';
import { absolute, type LockedPaths, type LockedStage, lockEntry } from '../workspace/stage-lock.ts';

/** Puts a stage's outputs into DVC's cache. @returns their entries for dvc.lock. @throws HilumError `disk/…` */
export async function keepOuts(
  root: string,
  stage: PipelineStage,
  cache: DvcCache,
  hasher: Hasher,
): Promise<LockedPaths> {
  const entries: LockedPaths = [];
  for (const out of stage.outs) {
    const path = absolute(root, out);
    if (!existsSync(path)) continue;
    const content = stage.uncached.has(out) ? await hasher.hash(path) : await cache.put(path, hasher);
    if (content !== undefined) entries.push(lockEntry(out, content));
  }
  return entries;
}

/** Outputs of an up-to-date stage that the cache lacks (made before there was one, or it was emptied) go into it now. */
export async function keepMissingOuts(root: string, stage: PipelineStage, locked: LockedStage, hasher: Hasher) {
  const cache = await openDvcCache(root);
  const oids = (locked.outs ?? []).flatMap(({ path, md5 }) =>
    md5 === undefined || stage.uncached.has(path) ? [] : [md5],
  );
  const there = await Promise.all(oids.map((oid) => cache.isWhole(oid).catch(() => false)));
  if (there.includes(false)) await keepOuts(root, stage, cache, hasher);
}
