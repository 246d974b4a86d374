import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256File } from '../../../pipeline/disk/hash.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { type SuspectsInput, type SuspectsReport, suspectsReportSchema } from '../../../pipeline/domain/suspects.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { Finding } from '../../records/findings.ts';
import { version } from '../../workspace/version.ts';
import type { StudyContext } from '../context.ts';
import { requireManifest } from '../dataset-tables.ts';
import type { Study } from '../study.ts';

export interface SuspectSearch {
  readonly repeats: number;
  readonly folds: number;
  readonly useOutOfFold: boolean;
}

export const usualSearch: SuspectSearch = { repeats: 3, folds: 5, useOutOfFold: true };

/** A search as it is recorded. */
export interface SuspectFinding extends SuspectsReport {
  readonly id: string;
  readonly madeAt: string;
  /** Hash of the manifest whose labels were doubted. */
  readonly labels: string | null;
}

/** Ranks every label by doubt → `artifacts/suspects.csv`, and records it. @throws HilumError `dataset/missing`, of the stage */
export async function findSuspects(
  study: Study,
  context: StudyContext,
  search: SuspectSearch,
): Promise<SuspectFinding> {
  const { paths, params } = study.workspace;
  await requireManifest(paths);
  const input: SuspectsInput = { workspace: paths, params, ...search };
  const labels = await sha256File(join(paths.artifacts, artifactNames.manifest));
  const report = await stageInWorker(context, 'suspects', input, suspectsReportSchema);
  const table = await sha256File(join(paths.artifacts, artifactNames.suspects));
  const id = study.records.findings.add({
    ...{ kind: 'suspects' as const, subject: 'dataset', codeVersion: version, datasetHash: labels },
    settings: { ...search, seed: params.seed, table },
    result: report,
  });
  return toSuspectFinding(study.records.findings.get(id));
}

/** The newest search whose table is the one in the artifacts folder; undefined: none, or the table was changed. */
export async function newestSearch({ workspace, records }: Study): Promise<SuspectFinding | undefined> {
  const path = join(workspace.paths.artifacts, artifactNames.suspects);
  const [newest] = records.findings.list({ kind: 'suspects', subject: 'dataset', limit: 1 });
  if (newest === undefined || !existsSync(path)) return undefined;
  return newest.settings.table === (await sha256File(path)) ? toSuspectFinding(newest) : undefined;
}

/** The newest search where it was the same on the same labels. */
export async function sameSearch(study: Study, search: SuspectSearch): Promise<SuspectFinding | undefined> {
  const { paths, params } = study.workspace;
  const found = await newestSearch(study);
  if (found === undefined) return undefined;
  const { table: _table, ...settings } = study.records.findings.get(found.id).settings;
  const labels = await sha256File(join(paths.artifacts, artifactNames.manifest));
  const isSame = canonicalJson(settings) === canonicalJson({ ...search, seed: params.seed });
  return isSame && found.labels === labels ? found : undefined;
}

function toSuspectFinding({ id, madeAt, datasetHash, result }: Finding): SuspectFinding {
  return { id, madeAt, labels: datasetHash, ...suspectsReportSchema.parse(result) };
}
