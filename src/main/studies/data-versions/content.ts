import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { parseCsv } from '../../../pipeline/disk/csv.ts';
import { sha256 } from '../../../pipeline/disk/hash.ts';
import { type ManifestRow, manifestColumns, manifestRowSchema } from '../../../pipeline/domain/dataset.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, type WorkspacePaths } from '../../../pipeline/domain/stage-inputs.ts';
import type { DvcCache } from '../../interop/dvc/cache.ts';
import { md5 } from '../../workspace/hashes.ts';
import type { Workspace } from '../../workspace/open.ts';

const folderName = dirname(artifactNames.manifest);
const manifestName = artifactNames.manifest.slice(folderName.length + 1);

/** Absolute folder that is versioned. */
export function datasetFolder({ artifacts }: WorkspacePaths): string {
  return join(artifacts, folderName);
}

/** The same as dvc.yaml and dvc.lock name it. */
export function datasetOut({ config }: Workspace): string {
  return posix.join(config.artifacts.replaceAll('\\', '/'), folderName);
}

/** The manifest of a version. */
export interface VersionManifest {
  readonly rows: readonly ManifestRow[];
  /** Of its bytes, as runs note it. */
  readonly sha256: string;
}

/** A key press relabels: the version before need not be read from the disk each time. */
const kept = new Map<string, VersionManifest>();
const mostKept = 4;

/**
 * The manifest of a dataset's folder in the cache, checked against its MD5.
 * @throws HilumError `dvc/object-missing`, `dvc/object-corrupt`, `dataset/missing`, `table/…`
 */
export async function manifestOf(cache: DvcCache, dirOid: string): Promise<VersionManifest> {
  const entry = (await cache.entriesOf(dirOid)).find(({ relpath }) => relpath === manifestName);
  if (entry === undefined) throw new HilumError('dataset/missing', { file: manifestName, command: 'ingest' });
  const known = kept.get(entry.md5);
  if (known !== undefined) return known;
  const bytes = await readFile(cache.pathOf(entry.md5)).catch((error: unknown) => {
    throw errnoOf(error) === 'ENOENT' ? new HilumError('dvc/object-missing', { oid: entry.md5 }) : error;
  });
  if (md5(bytes) !== entry.md5) throw new HilumError('dvc/object-corrupt', { oid: entry.md5 });
  const rows = parseCsv(bytes.toString('utf8'), manifestName, manifestColumns, manifestRowSchema);
  const manifest = { rows, sha256: sha256(bytes) };
  kept.set(entry.md5, manifest);
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  return manifest;
}
