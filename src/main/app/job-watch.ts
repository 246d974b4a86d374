import type { Job, Push } from '../ipc/contract.ts';

export interface JobWatcher {
  /** It runs, or got further. */
  running?(job: Job): void;
  /** It ended just now, in this session; once a job. */
  ended?(job: Job): void;
  /** Nothing runs any more. */
  idle?(): void;
}

const runningStates: readonly Job['state'][] = ['running', 'cancelling'];
const endStates: readonly Job['state'][] = ['completed', 'cancelled', 'failed'];

/** Makes of the pushes of the core what taskbar and power need. One that was never seen running has not ended now. */
export function watchJobs(watcher: JobWatcher): (push: Push) => void {
  const running = new Set<string>();
  const gone = (id: string, job?: Job): void => {
    if (!running.delete(id)) return;
    if (job !== undefined) watcher.ended?.(job);
    if (running.size === 0) watcher.idle?.();
  };
  return (push) => {
    if (push.topic === 'job-gone') gone(push.job);
    if (push.topic !== 'job') return;
    const { job } = push;
    if (runningStates.includes(job.state)) {
      running.add(job.id);
      watcher.running?.(job);
    } else if (endStates.includes(job.state)) gone(job.id, job);
  };
}
