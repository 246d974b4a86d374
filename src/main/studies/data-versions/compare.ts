import type { ManifestRow } from '../../../pipeline/domain/dataset.ts';
import { openDvcCache } from '../../interop/dvc/cache.ts';
import type { DataChanges } from '../../records/data-versions.ts';
import { requireManifest } from '../dataset-tables.ts';
import type { Study } from '../study.ts';
import { manifestOf } from './content.ts';
import { countChanges, type DataDiff, diffManifests } from './diff.ts';
import { type NamedData, namedData } from './named.ts';

export interface ComparedData {
  readonly a: NamedData;
  readonly b: NamedData;
  readonly counts: DataChanges;
  readonly diff: DataDiff;
}

/**
 * What B has that A has not, and the other way round.
 * @throws HilumError as `namedData`; `dvc/object-missing` when the tables of one are not in the cache
 */
export async function compareData(study: Study, writtenA: string, writtenB: string): Promise<ComparedData> {
  const a = await namedData(study, writtenA);
  const b = await namedData(study, writtenB);
  const diff = diffManifests(await rowsOf(study, a), await rowsOf(study, b));
  return { a, b, counts: countChanges(diff), diff };
}

async function rowsOf({ workspace }: Study, { hash }: NamedData): Promise<readonly ManifestRow[]> {
  if (hash === null) return requireManifest(workspace.paths);
  return (await manifestOf(await openDvcCache(workspace.paths.root), hash)).rows;
}
