import { CircleStop, X } from 'lucide-react';
import { call, type Job } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { jobText } from '../../../frame/job-text.ts';
import { isActive } from '../../../stores/jobs.ts';
import { notifyError } from '../../../stores/notices.ts';
import { fromReply } from '../../../transport/api-error.ts';

/** The job that works on the dataset, or why the last one failed. */
export function JobStrip({ job }: { readonly job: Job | undefined }) {
  if (job === undefined) return null;
  const act = (channel: 'jobs/cancel' | 'jobs/dismiss') => (): void => {
    void call(channel, { job: job.id }).catch(notifyError);
  };
  if (isActive(job)) {
    return (
      <section className="h-data-job" aria-label={job.title}>
        <strong className="h-cut">{job.title}</strong>
        <ProgressBar
          label={job.title}
          fraction={job.state === 'queued' ? 0 : (job.progress?.fraction ?? null)}
          text={jobText(job)}
        />
        <Button kind="quiet" icon={CircleStop} disabled={job.state === 'cancelling'} onClick={act('jobs/cancel')}>
          Cancel
        </Button>
      </section>
    );
  }
  if (job.state !== 'failed' || job.error === null) return null;
  return (
    <div className="h-data-failed">
      <ErrorNotice
        title={`${job.title}: it stopped`}
        error={fromReply(job.error)}
        compact
        actions={
          <Button icon={X} onClick={act('jobs/dismiss')}>
            Dismiss
          </Button>
        }
      />
    </div>
  );
}
