import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { KnownModel } from '../../models/store.ts';
import type { Run } from '../../records/runs.ts';
import { keptNames } from '../kept.ts';
import { keptFolderOf, readKeptSeal } from '../kept-files.ts';
import type { Study } from '../study.ts';

/**
 * The run that made a model. The same training gives the same seal again: where several runs made it, the first, if it was
 * evaluated, else the newest that was. Null: it came from elsewhere, or its runs were deleted.
 */
export async function runOfModel(study: Study, { id, run }: Pick<KnownModel, 'id' | 'run'>): Promise<Run | null> {
  const { state } = study.workspace.paths;
  const first = run === null ? null : recorded(study, run);
  if (first !== null && isEvaluated(state, first.id)) return first;
  for (const each of study.records.runs.list()) {
    if (isEvaluated(state, each.id) && (await readKeptSeal(state, each.id)) === id) return each;
  }
  return first;
}

function recorded({ records }: Study, run: string): Run | null {
  try {
    return records.runs.get(run);
  } catch (error) {
    if (hasCode(error, 'run/unknown')) return null;
    throw error;
  }
}

function isEvaluated(state: string, run: string): boolean {
  return existsSync(join(keptFolderOf(state, run), keptNames.metrics));
}
