import { join } from 'node:path';
import { sweepTemporary } from '../../pipeline/disk/atomic.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import { modelStore } from '../models/store.ts';
import type { Records } from '../records/index.ts';
import { registerStored } from '../registry/register.ts';
import { openWorkspace, type Workspace } from '../workspace/open.ts';

/** An open workspace that this process alone writes in. */
export interface Study {
  readonly workspace: Workspace;
  readonly records: Records;
}

export interface OpenStudy extends Study {
  /** Closes the records, then frees the workspace. */
  close(): void;
}

/**
 * Takes the workspace's lock before any other file is opened, then configuration and records.
 * @param root absolute path of a workspace
 * @throws HilumError `workspace/busy`, `config/…`, `records/…`; nothing stays open then
 */
export async function openStudy(root: string, context: Pick<WorkContext, 'now' | 'newId'>): Promise<OpenStudy> {
  const { lockWorkspace } = await import('../workspace/lock.ts');
  const lock = lockWorkspace(root);
  try {
    const workspace = await openWorkspace(root);
    await sweepLeftovers(workspace.paths);
    const { openRecords } = await import('../records/index.ts');
    const records = openRecords(join(workspace.paths.state, 'hilum.db'), {
      lock,
      now: () => new Date(context.now()),
      newId: context.newId,
    });
    const close = (): void => {
      try {
        records.close();
      } finally {
        lock.release();
      }
    };
    await registerStored({ records, state: workspace.paths.state }).catch((error: unknown) => {
      records.close();
      throw error;
    });
    return { workspace, records, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Whoever holds the lock knows that nobody is writing: what a killed writer left is removed, a cut swap is undone. */
async function sweepLeftovers({ artifacts, state }: WorkspacePaths): Promise<void> {
  const cache = join(state, 'cache');
  for (const folder of [artifacts, cache, join(cache, 'features'), modelStore(state), join(state, 'demo')])
    await sweepTemporary(folder);
}
