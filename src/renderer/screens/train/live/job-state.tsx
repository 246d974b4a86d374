import type { Job } from '../../../api.ts';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { isActive } from '../../../stores/jobs.ts';
import { fromReply } from '../../../transport/api-error.ts';
import { progressText } from './run-text.ts';

interface JobStateProps {
  readonly job: Job | undefined;
  /** Heading when the job failed. */
  readonly failure: string;
}

/** How far a job is, or why it failed. */
export function JobState({ job, failure }: JobStateProps) {
  if (job === undefined) return null;
  if (isActive(job)) {
    const fraction = job.state === 'queued' ? 0 : (job.progress?.fraction ?? null);
    return <ProgressBar fraction={fraction} label={job.title} text={progressText(job)} />;
  }
  if (job.state !== 'failed' || job.error === null) return null;
  return <ErrorNotice title={failure} error={fromReply(job.error)} />;
}
