import type { Job, RunRow } from '../../../../main/ipc/contract.ts';

/** Runs that began on the day of `nowMs`, by the clock of this machine. */
export function startedToday<R extends Pick<RunRow, 'startedAt'>>(runs: readonly R[], nowMs: number): R[] {
  const today = new Date(nowMs).toDateString();
  return runs.filter(({ startedAt }) => new Date(startedAt).toDateString() === today);
}

/** The newest run that was finished before this one. */
export function runBefore(
  runs: readonly Pick<RunRow, 'id' | 'startedAt' | 'outcome'>[],
  id: string | null,
): string | undefined {
  const own = runs.find((run) => run.id === id);
  if (own === undefined) return undefined;
  return runs.find(({ startedAt, outcome }) => startedAt < own.startedAt && outcome === 'completed')?.id;
}

type Work = Pick<Job, 'state' | 'subject' | 'startedAt' | 'endedAt'>;

/**
 * What is shown large: the job that runs, else the one that ended last, unless a run was started since then by somebody else.
 * @param studies jobs that train, as the queue lists them
 * @param newest the run that was started last
 */
export function inSight<J extends Work>(
  studies: readonly J[],
  newest: Pick<RunRow, 'id' | 'startedAt'> | undefined,
): { readonly job: J | undefined; readonly run: string | null } {
  const running = studies.find(({ state }) => state === 'running' || state === 'cancelling');
  if (running !== undefined) return { job: running, run: running.subject };
  const ended = studies.find(({ endedAt, startedAt }) => endedAt !== null && startedAt !== null);
  const isOlder = newest !== undefined && ended?.subject !== newest.id && (ended?.startedAt ?? '') < newest.startedAt;
  if (ended === undefined || isOlder) return { job: undefined, run: newest?.id ?? null };
  return { job: ended, run: ended.subject };
}
