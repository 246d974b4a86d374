import type { Batch, Job } from '../../../api.ts';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { formatCount, formatDuration, formatRate } from '../../../format/numbers.ts';
import { isActive, useJobs } from '../../../stores/jobs.ts';
import { fromReply } from '../../../transport/api-error.ts';

/** How far a batch is, or why it stopped; nothing when it is complete. */
export function BatchProgress({ batch }: { readonly batch: Batch }) {
  const jobs = useJobs().filter(({ subject }) => subject === batch.id);
  const active = jobs.find(isActive);
  if (active !== undefined) return <Running job={active} batch={batch} />;
  const [newest] = jobs;
  if (newest?.state === 'failed' && newest.error !== null) {
    return (
      <div className="h-classify-stop">
        <ErrorNotice
          title={`Classification stopped: ${stoodAt(batch)}. Resume goes on with the rest.`}
          error={fromReply(newest.error)}
          compact
        />
      </div>
    );
  }
  const text = stops[batch.outcome];
  return text === undefined ? null : (
    <p className="h-classify-stop h-classify-paused">
      {text}: {stoodAt(batch)}. Resume goes on with the rest.
      {batch.sourceThere ? null : ' The folder of the scans is not there now: bring it back first.'}
    </p>
  );
}

const stops: Partial<Record<Batch['outcome'], string>> = {
  cancelled: 'Paused',
  interrupted: 'Interrupted before the end',
  failed: 'Stopped by an error',
};

function stoodAt({ done, files }: Batch): string {
  return files === null
    ? 'before the files were listed'
    : `${formatCount(done)} of ${formatCount(files)} files are done`;
}

function Running({ job: { state, title, progress }, batch }: { readonly job: Job; readonly batch: Batch }) {
  return (
    <div className="h-classify-progress">
      <ProgressBar fraction={progress?.fraction ?? null} label={title} text={progressText(state, progress, batch)} />
    </div>
  );
}

function progressText(state: Job['state'], progress: Job['progress'], { done, files }: Batch): string {
  if (state === 'queued') return 'Waits for the job before it';
  if (state === 'cancelling') return 'Pausing';
  if (files === null) return progress?.step ?? 'Listing the files';
  const parts = [`${formatCount(done)} of ${formatCount(files)} files`];
  if (progress !== null && progress.perSecond !== null) parts.push(formatRate(progress.perSecond));
  if (progress !== null && (progress.remainingMs ?? 0) >= 1000)
    parts.push(`${formatDuration(progress.remainingMs)} left`);
  return parts.join('  ·  ');
}
