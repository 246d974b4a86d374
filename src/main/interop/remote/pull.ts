import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { WorkContext } from '../../jobs/work-context.ts';
import { datasetOut } from '../../studies/data-versions/content.ts';
import { recordDataVersion } from '../../studies/data-versions/record.ts';
import type { Study } from '../../studies/study.ts';
import { openHasher } from '../../workspace/hashes.ts';
import { absolute } from '../../workspace/stage-lock.ts';
import { openDvcCache } from '../dvc/cache.ts';
import { fetchObjects } from './fetch-objects.ts';
import { openRemote } from './index.ts';
import { countsOf, type Moved, type RemoteChoice } from './push.ts';
import { type LockedOut, wantedObjects } from './wanted.ts';

/**
 * Brings every output of dvc.lock and every version of the dataset into the cache.
 * @throws HilumError `remote/…`, `disk/…`, `cancelled/by-user`, `config/…`
 */
export async function fetchStudy(study: Study, context: WorkContext, choice: RemoteChoice): Promise<Moved> {
  const { root } = study.workspace.paths;
  const { name, store } = await openRemote(root, choice.remote, choice.env);
  const view = context.showProgress();
  try {
    const { oids } = await wantedObjects(study);
    const { signal } = context;
    const moved = await fetchObjects(await openDvcCache(root), store, oids, { signal, report: view.update });
    study.records.audit.add('data/pulled', name, countsOf(moved));
    return { remote: name, ...moved };
  } finally {
    view.stop();
    store.close();
  }
}

export type Pulled = Moved & {
  /** Outputs that were put in place. */
  readonly restored: readonly string[];
};

/**
 * The same, then puts every output that differs from dvc.lock in place. What would be lost is not overwritten.
 * @param force overwrite outputs whose content is in no cache
 * @throws HilumError `dvc/would-overwrite`, `dvc/object-corrupt`; as `fetchStudy`
 */
export async function pullStudy(
  study: Study,
  context: WorkContext,
  choice: RemoteChoice & { readonly force: boolean },
): Promise<Pulled> {
  const { workspace } = study;
  const { root, state } = workspace.paths;
  const moved = await fetchStudy(study, context, choice);
  // What is in the dataset now must be found again.
  await recordDataVersion(study, 'found');
  const cache = await openDvcCache(root);
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const due: LockedOut[] = [];
  for (const out of (await wantedObjects(study)).outs) {
    const now = await hasher.hash(absolute(root, out.path));
    if (now?.md5 === out.oid || !(await cache.isWhole(out.oid))) continue;
    const isSafe = now === undefined || choice.force || (await cache.isWhole(now.md5));
    if (!isSafe) throw new HilumError('dvc/would-overwrite', { path: out.path });
    due.push(out);
  }
  for (const { path, oid } of due) await cache.restore(oid, absolute(root, path), { verify: true });
  await hasher.save();
  const restored = due.map(({ path }) => path);
  if (restored.includes(datasetOut(workspace))) await recordDataVersion(study, 'pull');
  return { ...moved, restored };
}
