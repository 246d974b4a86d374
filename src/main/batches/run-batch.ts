import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerHandle } from '../jobs/supervisor.ts';
import type { OpenWorker, WorkContext } from '../jobs/work-context.ts';
import type { Batch } from '../records/batches.ts';
import type { Records } from '../records/index.ts';
import { reviewBelowOf } from './find-batch.ts';
import type { BatchPlan } from './plan.ts';

/** How this call's share of a batch went. */
export interface BatchSession {
  readonly outcome: 'completed' | 'cancelled';
  readonly files: number;
  readonly done: number;
  readonly elapsedMs: number;
  readonly imagesPerSecond: number;
  /** From the start of the process; null when nothing was left to do. */
  readonly firstResultMs: number | null;
}

/** Decoding buffers and the runtime's arenas live outside this limit. */
const worker = { heapMb: 2048 } as const;

/** A worker that starts while the list of files is still being made. */
export interface EarlyWorker {
  /** The early one first, then new ones. */
  open(): Promise<WorkerHandle>;
  /** Ends the early one when nobody took it. */
  discard(): Promise<void>;
}

export function startEarly(openWorker: OpenWorker): EarlyWorker {
  let early: Promise<WorkerHandle> | undefined = openWorker(worker);
  // Whoever takes it hears of a failure; until then it must not count as unhandled.
  early.catch(() => undefined);
  const take = (): Promise<WorkerHandle> | undefined => {
    const taken = early;
    early = undefined;
    return taken;
  };
  return {
    open: () => take() ?? openWorker(worker),
    discard: async () => (await take()?.catch(() => undefined))?.stop(),
  };
}

/** Answers for every file of the batch that has no result yet. @throws HilumError as `runBatch` */
export async function runSession(
  records: Records,
  batch: Batch,
  early: EarlyWorker,
  plan: BatchPlan,
  context: WorkContext,
): Promise<BatchSession> {
  const { files, done } = records.batchItems.counts(batch.id);
  if (batch.outcome === 'completed') {
    return { outcome: 'completed', files, done, elapsedMs: 0, imagesPerSecond: 0, firstResultMs: null };
  }
  const { runBatch } = await import('../jobs/batch.ts');
  const blackBox = join(plan.state, 'tmp', `blackbox-${batch.id}`);
  const reviewBelow = reviewBelowOf(batch);
  const imagesBefore = imagesOf(records, batch);
  const progress = context.showProgress();
  const startedMs = performance.now();
  let firstResultMs: number | null = null;
  try {
    const end = await runBatch({
      records,
      batchId: batch.id,
      openWorker: early.open,
      input: {
        model: plan.model.folder,
        seal: plan.model.seal,
        blackBox,
        ...(reviewBelow === undefined ? {} : { reviewBelow }),
      },
      signal: context.signal,
      onProgress: (report) => {
        if (report.done > done) firstResultMs ??= performance.now();
        progress.update(report);
      },
      onNote: context.say,
    });
    const elapsedMs = performance.now() - startedMs;
    const images = imagesOf(records, batch) - imagesBefore;
    return { ...end, elapsedMs, imagesPerSecond: (images * 1000) / elapsedMs, firstResultMs };
  } finally {
    progress.stop();
    await rm(blackBox, { force: true });
  }
}

function imagesOf(records: Records, { id }: Batch): number {
  const { answered, review, refused } = records.batchRows.counts(id);
  return answered + review + refused;
}
