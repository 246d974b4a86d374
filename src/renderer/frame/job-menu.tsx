import { ChevronDown, CircleStop, ListChecks, X } from 'lucide-react';
import { call, type Job } from '../api.ts';
import { Button, IconButton } from '../components/controls/button.tsx';
import { ErrorNotice } from '../components/feedback/error-notice.tsx';
import { ProgressBar } from '../components/feedback/progress-bar.tsx';
import { Popover } from '../components/overlays/popover.tsx';
import { isActive, useActiveJob, useJobs } from '../stores/jobs.ts';
import { notifyError } from '../stores/notices.ts';
import { fromReply } from '../transport/api-error.ts';
import { jobText } from './job-text.ts';
import './frame.css';

/** The job that runs, and the queue behind it. */
export function JobMenu() {
  const jobs = useJobs();
  const active = useActiveJob();
  return (
    <Popover
      wide
      label="Jobs"
      align="center"
      trigger={
        <button type="button" className="h-jobs">
          <JobLine job={active} waiting={jobs.filter(isActive).length - 1} />
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      }
    >
      <h2 className="h-jobs-title">Jobs</h2>
      {jobs.length === 0 ? <p className="h-soft">Nothing was started in this session.</p> : null}
      <ul className="h-jobs-list">
        {jobs.map((job) => (
          <li key={job.id}>
            <JobEntry job={job} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function JobLine({ job, waiting }: { readonly job: Job | undefined; readonly waiting: number }) {
  if (job === undefined) {
    return (
      <>
        <ListChecks size={15} aria-hidden="true" />
        <span className="h-soft">No job runs</span>
      </>
    );
  }
  return (
    <>
      <span className="h-cut">{job.title}</span>
      <span className="h-jobs-bar">
        <ProgressBar label={job.title} fraction={fractionOf(job)} compact />
      </span>
      <span className="h-num h-soft">{percentOf(job)}</span>
      {waiting > 0 ? <span className="h-faint h-num">+{waiting}</span> : null}
    </>
  );
}

function JobEntry({ job }: { readonly job: Job }) {
  const act = (channel: 'jobs/cancel' | 'jobs/dismiss') => (): void => {
    void call(channel, { job: job.id }).catch(notifyError);
  };
  return (
    <div className="h-job">
      <div className="h-job-head">
        <span className="h-cut" title={job.title}>
          {job.title}
        </span>
        {isActive(job) ? (
          <Button kind="quiet" icon={CircleStop} disabled={job.state === 'cancelling'} onClick={act('jobs/cancel')}>
            Cancel
          </Button>
        ) : (
          <IconButton label={`Take "${job.title}" off the list`} icon={X} onClick={act('jobs/dismiss')} />
        )}
      </div>
      {isActive(job) && job.state !== 'queued' ? (
        <ProgressBar label={job.title} fraction={fractionOf(job)} compact />
      ) : null}
      <p className="h-job-text h-num">{jobText(job)}</p>
      {job.error === null ? null : <ErrorNotice error={fromReply(job.error)} compact />}
    </div>
  );
}

function fractionOf(job: Job): number | null {
  return job.state === 'queued' ? 0 : (job.progress?.fraction ?? null);
}

function percentOf(job: Job): string {
  if (job.state === 'queued') return 'waiting';
  return job.progress === null ? '' : `${Math.floor(job.progress.fraction * 100)} %`;
}
