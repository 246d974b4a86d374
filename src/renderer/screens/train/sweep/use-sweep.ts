import { useState } from 'react';
import { type Job, type Sweep, useCall } from '../../../api.ts';
import { useJobs } from '../../../stores/jobs.ts';

const dayMs = 24 * 3600 * 1000;

/** The sweep in sight: the one that runs or ran last, else the newest one that is unfinished or not a day old. */
export function useSweep(): { readonly job: Job | undefined; readonly sweep: Sweep | undefined } {
  const [openedMs] = useState(Date.now);
  const jobs = useJobs().filter(({ kind }) => kind === 'sweep');
  const job = jobs.find(({ state }) => state === 'running' || state === 'cancelling') ?? jobs[0];
  const listed = useCall(
    'sweeps/list',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what !== 'params' },
  );
  const [newest] = listed.value?.sweeps ?? [];
  const id = job?.subject ?? (job === undefined ? newest?.id : undefined);
  const answer = useCall('sweeps/get', id === undefined ? null : { sweep: id }, {
    refreshOn: (push) =>
      (push.topic === 'changed' && push.what === 'runs') ||
      (push.topic === 'job' && push.job.subject === id && push.job.endedAt !== null),
  });
  const sweep = answer.value?.sweep;
  const isOld = sweep?.finished === true && openedMs - Date.parse(sweep.madeAt) > dayMs;
  return { job, sweep: job === undefined && isOld ? undefined : sweep };
}
