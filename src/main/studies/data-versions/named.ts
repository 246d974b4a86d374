import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { DataVersion } from '../../records/data-versions.ts';
import type { Study } from '../study.ts';
import { datasetOut } from './content.ts';
import { hashAtRevision } from './git.ts';

/** State of the dataset that somebody named. */
export interface NamedData {
  /** As it is shown: `version 3`, `current`, the revision. */
  readonly title: string;
  /** MD5 of the folder; null: what is in `artifacts/dataset` now. */
  readonly hash: string | null;
  /** Its newest entry of the log; null where the log does not have it. */
  readonly version: DataVersion | null;
}

/** The dataset as it is on the disk. */
export const current = 'current';
const fewestDigits = 4;

/**
 * A version by number (`3`, `v3`), first digits of its hash, `current`, or a git revision.
 * @throws HilumError `data/unknown-version`, `data/not-in-revision`, `usage/bad-option` when several hashes fit
 */
export async function namedData({ workspace, records }: Study, written: string): Promise<NamedData> {
  if (written === current) return { title: current, hash: null, version: null };
  const number = /^v?(\d{1,9})$/.exec(written)?.[1];
  const byNumber = number === undefined ? undefined : records.dataVersions.find(Number(number));
  if (byNumber !== undefined) return named(byNumber);
  const byHash = versionOfDigits(records.dataVersions.list(), written);
  if (byHash !== undefined) return named(byHash);
  const hash = await hashAtRevision(workspace.paths.root, datasetOut(workspace), written);
  if (hash !== undefined) return { title: written, hash, version: records.dataVersions.ofHash(hash) ?? null };
  throw new HilumError('data/unknown-version', {
    version: written,
    newest: records.dataVersions.newest()?.version ?? 0,
  });
}

function named(version: DataVersion): NamedData {
  return { title: `version ${version.version}`, hash: version.hash, version };
}

/** The newest version of the one hash that begins so. */
function versionOfDigits(versions: readonly DataVersion[], written: string): DataVersion | undefined {
  if (written.length < fewestDigits || !/^[0-9a-f]+(\.dir)?$/.test(written)) return undefined;
  const fitting = versions.filter(({ hash }) => hash.startsWith(written));
  if (new Set(fitting.map(({ hash }) => hash)).size > 1) {
    throw new HilumError('usage/bad-option', { what: `"${written}" begins several hashes; write more of it` });
  }
  return fitting[0];
}
