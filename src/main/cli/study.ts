import { join } from 'node:path';
import type { Records } from '../records/index.ts';
import { openStudy, type Study } from '../studies/study.ts';
import { located } from '../workspace/locate-error.ts';
import { locateWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/**
 * Lends the workspace named, or the nearest one upward, with the right to write.
 * @throws HilumError `workspace/missing`, `workspace/busy`, `config/…`, `records/…`
 */
export async function withStudy<T>(
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
