import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { artifactNames, stateNames } from '../../../pipeline/domain/stage-inputs.ts';
import { type DvcCache, openDvcCache } from '../../interop/dvc/cache.ts';
import type { DataChanges, DataVersionReason } from '../../records/data-versions.ts';
import { version as codeVersion } from '../../workspace/version.ts';
import { countsByClass, countsOf } from '../dataset-counts.ts';
import type { Study } from '../study.ts';
import { datasetFolder, manifestOf, type VersionManifest } from './content.ts';
import { countChanges, diffManifests } from './diff.ts';

/**
 * Puts the dataset's folder into DVC's cache and adds it to the log, unless it is what the newest version holds.
 * @param restored the version that a checkout put back
 * @returns number of the new version; null when there is nothing new, or no dataset
 * @throws HilumError `disk/…`, `table/…`
 */
export async function recordDataVersion(
  { workspace, records }: Study,
  reason: DataVersionReason,
  restored: number | null = null,
): Promise<number | null> {
  const { paths } = workspace;
  if (!existsSync(join(paths.artifacts, artifactNames.manifest))) return null;
  const cache = await openDvcCache(paths.root);
  const content = await cache.put(datasetFolder(paths));
  const parent = records.dataVersions.newest();
  if (parent?.hash === content.md5) return null;
  const manifest = await manifestOf(cache, content.md5);
  const generated = join(paths.state, stateNames.generatedManifest);
  return records.dataVersions.add({
    hash: content.md5,
    reason,
    codeVersion,
    summary: {
      ...countsOf(manifest.rows),
      classes: countsByClass(manifest.rows),
      files: content.files ?? 0,
      bytes: content.size,
      manifest: manifest.sha256,
      changes: parent === undefined ? null : await changesSince(cache, parent.hash, manifest),
      generated: existsSync(generated) ? (await cache.put(generated)).md5 : null,
      restored,
    },
  });
}

/** Null where the parent's tables are lost: a version is recorded all the same. */
async function changesSince(cache: DvcCache, parent: string, now: VersionManifest): Promise<DataChanges | null> {
  try {
    return countChanges(diffManifests((await manifestOf(cache, parent)).rows, now.rows));
  } catch (error) {
    if (hasCode(error, 'dvc/object-missing') || hasCode(error, 'dvc/object-corrupt')) return null;
    if (error instanceof HilumError && error.code.startsWith('table/')) return null;
    throw error;
  }
}
