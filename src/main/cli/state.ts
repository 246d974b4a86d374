import { join } from 'node:path';
import { sha256 } from '../../pipeline/disk/hash.ts';
import { emptyTemporary } from '../batches/temporary.ts';
import type { Records } from '../records/index.ts';
import { workspaceNames } from '../workspace/names.ts';
import { findWorkspace, locateWorkspace } from '../workspace/open.ts';
import { userDataFolder } from '../workspace/user-folders.ts';
import type { CliContext } from './context.ts';

/** Where a command that works with or without a workspace keeps its records. */
export interface StatePlace {
  /** The workspace that was found, if any. */
  readonly root: string | undefined;
  /** Absolute path of the state folder. */
  readonly state: string;
}

/**
 * `--records` of the command line, else `.hilum` of the workspace named or found upward, else a folder in the user's
 * data: one for each `work`, so that batches of several folders can run at the same time.
 * @throws HilumError `workspace/missing` when one was named and is not there
 */
export async function placeState(
  context: CliContext,
  given: { readonly workspace?: string | undefined; readonly records?: string | undefined },
  work: string,
): Promise<StatePlace> {
  const root =
    given.workspace === undefined
      ? await findWorkspace(context.cwd)
      : await locateWorkspace(context.cwd, given.workspace);
  if (given.records !== undefined) return { root, state: given.records };
  if (root !== undefined) return { root, state: join(root, workspaceNames.state) };
  return { root, state: join(userDataFolder(context.env), 'records', sha256(work).slice(0, 16)) };
}

/**
 * Lends the records of a state folder with the right to write; no other process has it meanwhile.
 * @throws HilumError `workspace/busy`, `workspace/unsafe-disk`, `records/…`, `config/not-writable`
 */
export async function withState<T>(
  context: CliContext,
  state: string,
  work: (records: Records) => Promise<T>,
): Promise<T> {
  const [{ lockStateFolder }, { openRecords }] = await Promise.all([
    import('../workspace/lock.ts'),
    import('../records/index.ts'),
  ]);
  const lock = lockStateFolder(state);
  try {
    await emptyTemporary(state);
    const records = openRecords(join(state, 'hilum.db'), { lock, now: () => new Date(context.now()) });
    try {
      return await work(records);
    } finally {
      records.close();
    }
  } finally {
    lock.release();
  }
}
