import { join } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, stateNames } from '../../../pipeline/domain/stage-inputs.ts';
import { openDvcCache } from '../../interop/dvc/cache.ts';
import { requireManifest } from '../dataset-tables.ts';
import type { Study } from '../study.ts';
import { turnsOf } from '../turns.ts';
import { datasetFolder, manifestOf } from './content.ts';
import { namedData } from './named.ts';
import { recordDataVersion } from './record.ts';
import { checkSource, type SourceCheck } from './source-check.ts';
import { staleStages } from './stale.ts';

export interface CheckedOutData {
  readonly hash: string;
  /** Version that the checkout made; null when the dataset was that already. */
  readonly version: number | null;
  /** Version that what was there before got, where the log did not have it. */
  readonly saved: number | null;
  /** Stages that were run with another dataset. */
  readonly stale: readonly string[];
  readonly source: SourceCheck;
}

/**
 * Puts a version of the dataset's tables back. What is there goes into the log first; the tables are written aside, checked
 * and swapped in. dvc.lock stays as it is: `status` then says what has to run.
 * @throws HilumError as `namedData`; `dvc/object-missing`, `dvc/object-corrupt`, `disk/…`: the dataset is as it was then
 */
export async function checkoutData(study: Study, written: string, signal: AbortSignal): Promise<CheckedOutData> {
  const { workspace, records } = study;
  const { paths } = workspace;
  const named = await namedData(study, written);
  const { hash } = named;
  if (hash === null) throw new HilumError('usage/bad-option', { what: '"current" is there already' });
  const change = await turnsOf(join(paths.artifacts, artifactNames.manifest))(async () => {
    const cache = await openDvcCache(paths.root);
    await manifestOf(cache, hash);
    const saved = await recordDataVersion(study, 'found');
    if (records.dataVersions.newest()?.hash === hash) return { version: null, saved };
    await cache.restore(hash, datasetFolder(paths), { verify: true });
    // Later ingests tell hand edits by it.
    const generated = named.version?.summary.generated ?? null;
    if (generated !== null && (await cache.has(generated))) {
      await cache.restore(generated, join(paths.state, stateNames.generatedManifest), { verify: true });
    }
    const version = await recordDataVersion(study, 'checkout', named.version?.version ?? null);
    records.audit.add('data/checked-out', `data-${version ?? 0}`, { hash, from: named.version?.version ?? null });
    return { version, saved };
  });
  const source = await checkSource(paths, await requireManifest(paths), signal);
  return { hash, ...change, stale: (await staleStages(workspace))(hash), source };
}
