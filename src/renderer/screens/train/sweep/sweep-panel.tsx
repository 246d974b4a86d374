import { CircleStop, ClipboardCheck, RotateCw } from 'lucide-react';
import { call, type Job, type Sweep, useAction } from '../../../api.ts';
import { Button, LinkButton } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { SweepTable } from '../../../components/sweep/sweep-table.tsx';
import { changesText, objectiveTitles, rungsText, sweepFilter } from '../../../components/sweep/sweep-words.ts';
import { isActive } from '../../../stores/jobs.ts';
import { notify } from '../../../stores/notices.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { changeForm } from '../form/form-store.ts';
import { JobState } from '../live/job-state.tsx';
import { useSweep } from './use-sweep.ts';

/** The sweep in sight: how far it is, who leads, and what the winner would change in the form. */
export function SweepPanel() {
  const { job, sweep } = useSweep();
  if (job === undefined && sweep === undefined) return null;
  const isAlive = job !== undefined && isActive(job);
  return (
    <Panel
      title={sweep === undefined ? (job?.title ?? 'Sweep') : `Sweep: ${sweep.name}`}
      padded={false}
      actions={isAlive ? <Stop job={job} /> : null}
    >
      <div className="h-sweep-live">
        <JobState job={job} failure="The sweep stopped" />
        {sweep === undefined ? null : <Leader sweep={sweep} isAlive={isAlive} />}
      </div>
      {sweep === undefined ? null : (
        <>
          <SweepTable sweep={sweep} />
          <p className="h-sweep-note">
            Ranked by {objectiveTitles[sweep.objective]}; {rungsText(sweep.rungs)}. {sweep.honesty}
          </p>
        </>
      )}
    </Panel>
  );
}

function Stop({ job }: { readonly job: Job }) {
  const stop = useAction(() => call('jobs/cancel', { job: job.id }));
  const isStopping = job.state === 'cancelling';
  return (
    <Button icon={CircleStop} busy={stop.busy} disabled={isStopping} onClick={() => void stop.run()}>
      {isStopping ? 'Stopping' : 'Stop the sweep'}
    </Button>
  );
}

function Leader({ sweep, isAlive }: { readonly sweep: Sweep; readonly isAlive: boolean }) {
  const winner = sweep.candidates.find(({ number }) => number === sweep.winner);
  const apply = (): void => {
    if (winner === undefined) return;
    changeForm((state) => ({ ...state, values: { ...state.values, ...winner.changes } }));
    notify({ text: `The form has the values of candidate #${winner.number} now.`, kind: 'good' });
  };
  return (
    <div className="h-train-stopped-line">
      {winner === undefined ? null : (
        <>
          <span>
            Winner: <strong>#{winner.number}</strong>, {changesText(winner.changes)}
          </span>
          <Button icon={ClipboardCheck} onClick={apply}>
            Apply to the form
          </Button>
        </>
      )}
      {sweep.finished || isAlive ? null : <Resume sweep={sweep} />}
      <LinkButton kind="quiet" href={href(pathOf('runs', [], { filter: sweepFilter(sweep) }))}>
        All its runs
      </LinkButton>
    </div>
  );
}

/** What was measured is not trained again. */
function Resume({ sweep: { id, name } }: { readonly sweep: Sweep }) {
  const resume = useAction(() => call('sweeps/resume', { sweep: id }));
  return (
    <>
      <span>Not all of it is done; what is measured is kept.</span>
      <Button icon={RotateCw} busy={resume.busy} aria-label={`Resume ${name}`} onClick={() => void resume.run()}>
        Resume
      </Button>
      {resume.error === undefined ? null : <ErrorNotice error={resume.error} compact />}
    </>
  );
}
