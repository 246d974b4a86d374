import { join } from 'node:path';
import type { z } from 'zod';
import { sweepTemporary } from '../../pipeline/disk/atomic.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { StageEvent, StageName } from '../../pipeline/protocol.ts';
import type { Records } from '../records/index.ts';
import { locateWorkspace, openWorkspace, type Workspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';
import { located } from './locate-error.ts';
import { type OpenWorker, withWorker } from './worker.ts';

/** An open workspace that this process alone writes in. */
export interface Study {
  readonly workspace: Workspace;
  readonly records: Records;
}

/**
 * Takes the workspace's lock before any other file is opened, then records and configuration, and gives all back at the
 * end in the reverse order.
 * @throws HilumError `workspace/missing`, `workspace/busy`, `config/…`, `records/…`
 */
export async function withStudy<T>(
  context: CliContext,
  given: string | undefined,
  work: (study: Study) => Promise<T>,
): Promise<T> {
  const root = await locateWorkspace(context.cwd, given);
  const { lockWorkspace } = await import('../workspace/lock.ts');
  const lock = lockWorkspace(root);
  try {
    const workspace = await openWorkspace(root);
    await sweepLeftovers(workspace.paths);
    const recordsPath = join(workspace.paths.state, 'hilum.db');
    const { openRecords } = await import('../records/index.ts');
    const records = openRecords(recordsPath, { lock, now: () => new Date(context.now()), newId: context.newId });
    try {
      return await work({ workspace, records });
    } catch (error) {
      throw await located(error, root);
    } finally {
      records.close();
    }
  } finally {
    lock.release();
  }
}

/** Whoever holds the lock knows that nobody is writing: what a killed writer left is removed, a cut swap is undone. */
async function sweepLeftovers({ artifacts, state }: WorkspacePaths): Promise<void> {
  const cache = join(state, 'cache');
  for (const folder of [artifacts, cache, join(cache, 'features')]) await sweepTemporary(folder);
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

/**
 * Runs one stage in a worker of its own, with progress on stderr, and checks what it returns.
 * @throws HilumError of the stage; `cancelled/by-user` when it was stopped
 */
export async function runStage<T>(
  context: CliContext,
  stage: StageName,
  input: unknown,
  result: z.ZodType<T>,
  onEvent?: (event: StageEvent) => void,
): Promise<T> {
  const { runStage: run } = await import('../jobs/run-stage.ts');
  const progress = context.showProgress();
  try {
    const { outcome, value } = await withWorker(stageWorker, (worker) =>
      run(worker, {
        stage,
        input,
        signal: context.signal,
        onProgress: progress.update,
        onEvent: (event) => {
          if (event.kind === 'note') context.say(event.text);
          else onEvent?.(event);
        },
      }),
    );
    if (outcome === 'cancelled') throw new HilumError('cancelled/by-user');
    return result.parse(value);
  } finally {
    progress.stop();
  }
}

const stageWorker: OpenWorker = { heapMb: 4096 };
