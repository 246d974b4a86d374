import { join } from 'node:path';
import type { Study } from '../studies/study.ts';
import { located } from '../workspace/locate-error.ts';
import { locateWorkspace, openWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';

/**
 * Lends the workspace named, or the nearest one upward, for reading: whoever writes in it is not waited for.
 * @throws HilumError `workspace/missing`, `config/…`, `records/…`
 */
export async function withReadStudy<T>(
  context: CliContext,
  given: string | undefined,
  work: (study: Study) => Promise<T>,
): Promise<T> {
  const root = await locateWorkspace(context.cwd, given);
  try {
    const workspace = await openWorkspace(root);
    const { openRecords } = await import('../records/index.ts');
    const records = openRecords(join(workspace.paths.state, 'hilum.db'));
    try {
      return await work({ workspace, records });
    } finally {
      records.close();
    }
  } catch (error) {
    throw await located(error, root);
  }
}
