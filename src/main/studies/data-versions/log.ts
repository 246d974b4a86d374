import { openDvcCache } from '../../interop/dvc/cache.ts';
import type { DataVersion } from '../../records/data-versions.ts';
import { openHasher } from '../../workspace/hashes.ts';
import type { Study } from '../study.ts';
import { datasetFolder, datasetOut } from './content.ts';
import { type Commit, commitsByHash } from './git.ts';

export interface LoggedVersion extends DataVersion {
  /** It is what the dataset holds now. */
  readonly isCurrent: boolean;
  /** All of it is in the cache, so it can be put back without a remote. */
  readonly inCache: boolean;
  /** Runs that used it, newest first. */
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  /** Commits whose dvc.lock names it, newest first. */
  readonly commits: readonly Commit[];
}

export interface DataLog {
  /** Newest first. */
  readonly versions: readonly LoggedVersion[];
  /** The dataset on the disk is in no version: something else than Hilum changed it. */
  readonly unrecorded: boolean;
}

/** Every version of the dataset with who used it. Nothing is written. */
export async function dataLog({ workspace, records }: Study): Promise<DataLog> {
  const { paths } = workspace;
  const cache = await openDvcCache(paths.root);
  const hasher = await openHasher('');
  const now = (await hasher.hash(datasetFolder(paths)))?.md5;
  const commits = await commitsByHash(paths.root, datasetOut(workspace));
  const runs = records.runs.list();
  const versions = records.dataVersions.list();
  const newestOfNow = versions.find(({ hash }) => hash === now)?.version;
  const logged = versions.map(async (version): Promise<LoggedVersion> => {
    const { hash, summary } = version;
    const used = runs.filter((run) =>
      run.dataVersion === null ? run.datasetHash === summary.manifest : run.dataVersion === hash,
    );
    return {
      ...version,
      isCurrent: version.version === newestOfNow,
      inCache: await cache.isWhole(hash).catch(() => false),
      runs: used.map(({ id, name }) => ({ id, name })),
      commits: commits.get(hash) ?? [],
    };
  });
  return { versions: await Promise.all(logged), unrecorded: now !== undefined && newestOfNow === undefined };
}
