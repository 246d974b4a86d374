import { join } from 'node:path';
import type { OpenWorker } from '../jobs/work-context.ts';

/** Starts a worker process from the bundle that lies beside the command line. @throws HilumError `worker/not-ready` */
export const startCliWorker: OpenWorker = async ({ heapMb }) => {
  const [{ startWorker }, { forkWorker }] = await Promise.all([
    import('../jobs/supervisor.ts'),
    import('../jobs/ports/child-process.ts'),
  ]);
  return startWorker(() => forkWorker({ script: join(import.meta.dirname, 'worker.cjs'), heapMb }));
};
