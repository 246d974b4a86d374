import type { Job } from '../../main/ipc/contract.ts';

export function isActive(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'cancelling';
}

/** Running first, then queued in their order, then the ended ones, newest first. */
export function inOrder(jobs: readonly Job[]): Job[] {
  return [...jobs].sort((a, b) => rankOf(a) - rankOf(b) || byTime(a, b));
}

/** The list with a job added or replaced. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  return inOrder([...jobs.filter(({ id }) => id !== job.id), job]);
}

function rankOf(job: Job): number {
  if (!isActive(job)) return 2;
  return job.state === 'queued' ? 1 : 0;
}

function byTime(a: Job, b: Job): number {
  return isActive(a)
    ? a.queuedAt.localeCompare(b.queuedAt)
    : (b.endedAt ?? b.queuedAt).localeCompare(a.endedAt ?? a.queuedAt);
}
