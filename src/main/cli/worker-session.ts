import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { StageEvent, StageName } from '../../pipeline/protocol.ts';
import { forkWorker } from '../jobs/ports/child-process.ts';
import { runStage } from '../jobs/run-stage.ts';
import { startWorker, type WorkerHandle } from '../jobs/supervisor.ts';
import { openRecords, type Records } from '../records/index.ts';
import { lockStateFolder } from '../workspace/lock.ts';
import type { CliContext } from './context.ts';

const workerHeapMb = 2048;

/** Starts the worker program that lies beside this one. @throws HilumError `worker/not-ready` */
export function openWorker(): Promise<WorkerHandle> {
  const script = join(import.meta.dirname, 'worker.cjs');
  return startWorker(() => forkWorker({ script, heapMb: workerHeapMb }));
}

/** Gives `use` a worker and ends it afterwards, whatever happens. */
export async function withWorker<T>(use: (worker: WorkerHandle) => Promise<T>): Promise<T> {
  const worker = await openWorker();
  try {
    return await use(worker);
  } finally {
    await worker.stop();
  }
}

/**
 * Runs one stage and shows its progress.
 * @returns what the stage answers
 * @throws HilumError of the stage; `cancelled/by-user` when it was stopped
 */
export async function runStageAloud(
  context: CliContext,
  worker: WorkerHandle,
  stage: StageName,
  input: unknown,
  onEvent?: (event: StageEvent) => Promise<void> | void,
): Promise<unknown> {
  const view = context.showProgress();
  try {
    const { outcome, value } = await runStage(worker, {
      stage,
      input,
      signal: context.signal,
      onProgress: (progress) => view.update(progress),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    if (outcome === 'cancelled') throw new HilumError('cancelled/by-user');
    return value;
  } finally {
    view.stop();
  }
}

/**
 * Gives `use` the records in a state folder (`.hilum`) with the right to write; they are closed and the lock is freed
 * afterwards.
 * @throws HilumError `workspace/busy`, `records/…`, `config/not-writable`
 */
export async function withRecords<T>(
  context: CliContext,
  state: string,
  use: (records: Records) => Promise<T>,
): Promise<T> {
  mkdirSync(state, { recursive: true });
  const lock = lockStateFolder(state);
  try {
    const records = openRecords(join(state, 'hilum.db'), {
      lock,
      now: () => new Date(context.now()),
      newId: context.newId,
    });
    try {
      return await use(records);
    } finally {
      records.close();
    }
  } finally {
    lock.release();
  }
}
