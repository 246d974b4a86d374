import { Send } from 'lucide-react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { plural } from '../../../format/numbers.ts';
import { jobText } from '../../../frame/job-text.ts';
import { isActive, useJobs } from '../../../stores/jobs.ts';
import { fromReply } from '../../../transport/api-error.ts';
import type { Tracking } from './mlflow-panel.tsx';

/** What waits, when something was sent last, and the job that sends the rest. */
export function Sync({ state: { waiting, lastSent } }: { readonly state: Tracking }) {
  const job = useJobs().find(({ kind }) => kind === 'mlflow-sync');
  const start = useAction(() => call('tracking/sync', {}));
  const isRunning = job !== undefined && isActive(job);
  return (
    <div className="h-settings-form">
      <p className="h-soft" role="status">
        {waiting === 0 ? 'Everything is on the server.' : `${plural(waiting ?? 0, 'run')} not yet on the server.`}{' '}
        {lastSent === null ? 'Nothing was sent so far.' : `Last sent ${formatDateTime(lastSent)}.`}
      </p>
      {isRunning ? (
        <ProgressBar label="Sending runs to MLflow" fraction={job.progress?.fraction ?? null} text={jobText(job)} />
      ) : null}
      {!isRunning && job?.state === 'failed' ? (
        <ErrorNotice error={job.error === null ? null : fromReply(job.error)} compact />
      ) : null}
      {start.error === undefined ? null : <ErrorNotice error={start.error} compact />}
      <div className="h-settings-row">
        <Button icon={Send} busy={start.busy || isRunning} onClick={() => void start.run()}>
          Sync now
        </Button>
      </div>
    </div>
  );
}
