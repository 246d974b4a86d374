import type { WorkerHandle } from '../../jobs/supervisor.ts';
import type { OpenWorker } from '../../jobs/work-context.ts';

/** One worker process for many short stages: starting it and loading TensorFlow would take longer than a head does. */
export interface KeptWorker {
  /** The same worker each time, as long as it lives; `stop` of what it returns does nothing. */
  readonly open: OpenWorker;
  /** Ends it; the next `open` starts another. */
  close(): Promise<void>;
}

export function keepWorker(start: OpenWorker): KeptWorker {
  let worker: WorkerHandle | undefined;
  return {
    async open(limits) {
      if (worker?.alive !== true) worker = await start(limits);
      const kept = worker;
      return {
        pid: kept.pid,
        get alive() {
          return kept.alive;
        },
        begin: (stage, input, callbacks) => kept.begin(stage, input, callbacks),
        kill: (reason) => kept.kill(reason),
        stop: async () => undefined,
      };
    },
    async close() {
      const ending = worker;
      worker = undefined;
      await ending?.stop();
    },
  };
}
