import { CircleStop, RotateCw } from 'lucide-react';
import { call, type Job, type Run, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDuration } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { isActive } from '../../../stores/jobs.ts';
import { JobState } from './job-state.tsx';
import { ResultCard } from './result-card.tsx';
import { RunCurves } from './run-curves.tsx';
import { newestText } from './run-text.ts';
import { useRun } from './use-run.ts';

interface RunPanelProps {
  /** The job that works on it; undefined for a run of an earlier session. */
  readonly job: Job | undefined;
  /** null: the job has not come to training yet. */
  readonly run: string | null;
  readonly before: string | undefined;
}

/** The run in sight: how far it is, its curves, and what came out. */
export function RunPanel({ job, run, before }: RunPanelProps) {
  const isAlive = job !== undefined && isActive(job);
  return (
    <Panel
      title={isAlive ? 'Training now' : 'Newest run'}
      subtitle={isAlive ? job.title.replace(/^Train: /, '') : undefined}
      actions={isAlive ? <Stop job={job} /> : null}
    >
      <div className="h-train-live">
        <JobState job={job} failure="The run stopped" />
        {run === null ? null : <RunBody key={run} id={run} isAlive={isAlive} before={before} />}
      </div>
    </Panel>
  );
}

function Stop({ job }: { readonly job: Job }) {
  const stop = useAction(() => call('jobs/cancel', { job: job.id }));
  const run = (): void => void stop.run();
  const isStopping = job.state === 'cancelling';
  useKeys([{ keys: 'Shift+X', title: 'Stop the run', group: 'Train', enabled: !isStopping, run }]);
  return (
    <Button icon={CircleStop} keyHint="Shift+X" busy={stop.busy} disabled={isStopping} onClick={run}>
      {isStopping ? 'Stopping' : 'Stop'}
    </Button>
  );
}

interface RunBodyProps {
  readonly id: string;
  readonly isAlive: boolean;
  readonly before: string | undefined;
}

function RunBody({ id, isAlive, before }: RunBodyProps) {
  const { answer, run, epochs } = useRun(id);
  if (run === undefined) {
    return answer.error === undefined ? <Loading rows={6} /> : <ErrorNotice error={answer.error} compact />;
  }
  return (
    <>
      {isAlive ? <p className="h-soft h-num">{newestText(epochs)}</p> : <Ending run={run} />}
      <ResultCard run={run} before={before} />
      <RunCurves epochs={epochs} />
    </>
  );
}

const stopped = {
  cancelled: 'Stopped',
  interrupted: 'Interrupted before the end',
  failed: 'Stopped by an error',
} as const;

/** How it ended; one that stopped on its way can go on. */
function Ending({ run }: { readonly run: Run }) {
  const { outcome, leaky, startedAt, endedAt, name } = run;
  const text = outcome === 'running' || outcome === 'completed' ? undefined : stopped[outcome];
  return (
    <>
      <div className="h-train-ending">
        <strong className="h-cut">{name}</strong>
        <OutcomeBadge outcome={outcome} />
        {leaky ? <Badge tone="bad">Leaky</Badge> : null}
        <span className="h-soft h-num">
          {endedAt === null ? '' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}
        </span>
      </div>
      {text === undefined ? null : (
        <div className="h-train-stopped">
          <span>
            {text}. {run.resumable ? 'The last checkpoint is kept.' : 'No checkpoint was written yet: start it anew.'}
          </span>
          {run.resumable ? <Resume run={run.id} name={name} /> : null}
        </div>
      )}
    </>
  );
}

/** Goes on from the last checkpoint. */
export function Resume({ run, name }: { readonly run: string; readonly name: string }) {
  const resume = useAction(() => call('training/resume', { run }));
  return (
    <>
      <Button icon={RotateCw} busy={resume.busy} aria-label={`Resume ${name}`} onClick={() => void resume.run()}>
        Resume
      </Button>
      {resume.error === undefined ? null : <ErrorNotice error={resume.error} compact />}
    </>
  );
}
