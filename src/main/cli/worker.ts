import { join } from 'node:path';
import type { WorkerHandle } from '../jobs/supervisor.ts';

export interface OpenWorker {
  /** Limit of the worker's JavaScript heap; pixels and tensors live outside it. */
  readonly heapMb: number;
}

/** Starts a worker process from the bundle that lies beside the command line. @throws HilumError `worker/not-ready` */
export async function startCliWorker({ heapMb }: OpenWorker): Promise<WorkerHandle> {
  const [{ startWorker }, { forkWorker }] = await Promise.all([
    import('../jobs/supervisor.ts'),
    import('../jobs/ports/child-process.ts'),
  ]);
  return startWorker(() => forkWorker({ script: join(import.meta.dirname, 'worker.cjs'), heapMb }));
}

/** A worker for one piece of work; it is gone when this returns. */
export async function withWorker<T>(options: OpenWorker, work: (worker: WorkerHandle) => Promise<T>): Promise<T> {
  const worker = await startCliWorker(options);
  try {
    return await work(worker);
  } finally {
    await worker.stop();
  }
}
