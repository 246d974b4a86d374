import { join } from 'node:path';
import { followIfAsked } from '../interop/mlflow/follow.ts';
import type { Records } from '../records/index.ts';
import { openStudy, type Study } from '../studies/study.ts';
import { located } from '../workspace/locate-error.ts';
import { locateWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/**
 * Lends the workspace named, or the nearest one upward, with the right to write. Its runs are sent to a tracking server
 * meanwhile, where that is wished.
 * @throws HilumError `workspace/missing`, `workspace/busy`, `config/…`, `records/…`
 */
export function withStudy<T>(
  context: CliContext,
  given: string | undefined,
  work: (study: Study) => Promise<T>,
): Promise<T> {
  return withStudyAlone(context, given, async (study) => {
    const live = await followIfAsked(study, context);
    try {
      return await work(study);
    } finally {
      await live?.close();
    }
  });
}

/** The same, and nothing is sent beside what `work` does. */
export async function withStudyAlone<T>(
  context: CliContext,
  given: string | undefined,
  work: (study: Study) => Promise<T>,
): Promise<T> {
  const root = await locateWorkspace(context.cwd, given);
  const study = await openStudy(root, context);
  try {
    return await work(study);
  } catch (error) {
    throw await located(error, root);
  } finally {
    study.close();
  }
}

/** The same without the right to write: records are read beside whoever writes. */
export async function withRecords<T>(
  context: CliContext,
  given: string | undefined,
  work: (records: Records) => T | Promise<T>,
): Promise<T> {
  const root = await locateWorkspace(context.cwd, given);
  const { openRecords } = await import('../records/index.ts');
  const records = openRecords(join(root, '.hilum', 'hilum.db'));
  try {
    return await work(records);
  } finally {
    records.close();
  }
}
