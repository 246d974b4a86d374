import { useState } from 'react';
import type { RunRow } from '../../../api.ts';
import { useJobs } from '../../../stores/jobs.ts';
import { SweepPanel } from '../sweep/sweep-panel.tsx';
import { QueuePanel } from './queue-panel.tsx';
import { RunPanel } from './run-panel.tsx';
import { inSight, runBefore, startedToday } from './today.ts';
import { TodayPanel } from './today-panel.tsx';

/** What trains now, what waits, and what was trained today. */
export function LiveColumn({ runs }: { readonly runs: readonly RunRow[] }) {
  const studies = useJobs().filter(({ kind }) => kind === 'study');
  const [openedMs] = useState(Date.now);
  const newest = runs[0];
  const { job, run } = inSight(studies, newest);
  const today = startedToday(runs, Math.max(openedMs, Date.parse(newest?.startedAt ?? '') || 0));
  return (
    <>
      <SweepPanel />
      {job === undefined && run === null ? null : <RunPanel job={job} run={run} before={runBefore(runs, run)} />}
      <QueuePanel waiting={studies.filter(({ state }) => state === 'queued')} />
      <TodayPanel runs={today.filter(({ id }) => id !== run)} />
    </>
  );
}
