import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call, type Job } from '../api.ts';
import { onPush, onReconnect } from '../transport/pushes.ts';
import { inOrder, isActive, withJob } from './job-list.ts';

export { isActive } from './job-list.ts';

const store = createStore<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }));

async function reload(): Promise<void> {
  try {
    store.setState({ jobs: inOrder((await call('jobs/list', {})).jobs) });
  } catch {
    // The bottom line says that the connection is lost; the list is asked for again when it is back.
  }
}

/** Loads the queue and keeps it by the core's pushes; once, at the start of the page. */
export function startJobs(): void {
  void reload();
  onReconnect(() => void reload());
  onPush((push) => {
    if (push.topic === 'job') store.setState(({ jobs }) => ({ jobs: withJob(jobs, push.job) }));
    if (push.topic === 'job-gone') {
      store.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== push.job) }));
    }
    if (push.topic === 'changed' && push.what === 'workspace') void reload();
  });
}

/** Queued and running ones first, then the ended ones, newest first. */
export function useJobs(): readonly Job[] {
  return useStore(store, ({ jobs }) => jobs);
}

export function useJob(id: string | null): Job | undefined {
  return useStore(store, ({ jobs }) => jobs.find((job) => job.id === id));
}

/** The job that runs, else the first that waits; among those that `match` accepts. */
export function useActiveJob(match: (job: Job) => boolean = () => true): Job | undefined {
  return useStore(store, ({ jobs }) => jobs.find((job) => isActive(job) && match(job)));
}
