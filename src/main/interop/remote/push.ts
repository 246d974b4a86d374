import { join } from 'node:path';
import type { WorkContext } from '../../jobs/work-context.ts';
import type { Study } from '../../studies/study.ts';
import { openHasher } from '../../workspace/hashes.ts';
import { absolute } from '../../workspace/stage-lock.ts';
import { type DvcCache, openDvcCache } from '../dvc/cache.ts';
import { type Environment, openRemote } from './index.ts';
import { countUnpushed, pushObjects } from './push-objects.ts';
import type { Transferred } from './transfer.ts';
import { type Wanted, wantedObjects } from './wanted.ts';

export interface RemoteChoice {
  /** Left out: the default of .dvc/config. */
  readonly remote: string | undefined;
  readonly env: Environment;
}

export type Moved = Transferred & { readonly remote: string };

/**
 * Sends every output of dvc.lock and every version of the dataset to a remote, in DVC's layout.
 * @throws HilumError `remote/…`, `cancelled/by-user`, `config/…`
 */
export async function pushStudy(study: Study, context: WorkContext, choice: RemoteChoice): Promise<Moved> {
  const { root } = study.workspace.paths;
  const { name, store } = await openRemote(root, choice.remote, choice.env);
  const view = context.showProgress();
  try {
    const cache = await openDvcCache(root);
    const wanted = await wantedObjects(study);
    await keepOuts(study, cache, wanted);
    const { signal } = context;
    const moved = await pushObjects(cache, store, wanted.oids, { signal, report: view.update });
    study.records.audit.add('data/pushed', name, countsOf(moved));
    return { remote: name, ...moved };
  } finally {
    view.stop();
    store.close();
  }
}

/** How much of a study a remote does not have yet. @throws HilumError `remote/…`, `cancelled/by-user` */
export async function unpushed(study: Study, signal: AbortSignal, { remote, env }: RemoteChoice) {
  const { root } = study.workspace.paths;
  const { name, store } = await openRemote(root, remote, env);
  try {
    const { oids } = await wantedObjects(study);
    return { remote: name, ...(await countUnpushed(await openDvcCache(root), store, oids, signal)) };
  } finally {
    store.close();
  }
}

export function countsOf({ moved, bytes, missing, corrupt }: Transferred) {
  return { objects: moved, bytes, missing: missing.length, corrupt: corrupt.length };
}

/** An output that is as dvc.lock says but was never put into the cache goes in now. */
async function keepOuts({ workspace }: Study, cache: DvcCache, { outs }: Wanted): Promise<void> {
  const { root, state } = workspace.paths;
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  for (const { path, oid } of outs) {
    if (await cache.isWhole(oid).catch(() => false)) continue;
    const place = absolute(root, path);
    if ((await hasher.hash(place))?.md5 === oid) await cache.put(place, hasher);
  }
  await hasher.save();
}
