import { X } from 'lucide-react';
import { call, type Job } from '../../../api.ts';
import { Button, IconButton } from '../../../components/controls/button.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { notifyError } from '../../../stores/notices.ts';

/** Runs that wait for their turn. */
export function QueuePanel({ waiting }: { readonly waiting: readonly Job[] }) {
  if (waiting.length === 0) return null;
  return (
    <Panel
      title="Waiting"
      subtitle={plural(waiting.length, 'run')}
      padded={false}
      actions={
        waiting.length < 2 ? null : (
          <Button kind="quiet" icon={X} onClick={() => void cancelAll(waiting)}>
            Cancel all
          </Button>
        )
      }
    >
      <ol className="h-train-list">
        {waiting.map((job) => (
          <li key={job.id}>
            <span className="h-cut">{nameOf(job)}</span>
            <IconButton label={`Take ${nameOf(job)} out of the queue`} icon={X} onClick={() => void cancelAll([job])} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The last one first: none begins while the others are taken out. */
async function cancelAll(jobs: readonly Job[]): Promise<void> {
  try {
    for (const { id } of jobs.toReversed()) await call('jobs/cancel', { job: id });
  } catch (error) {
    notifyError(error);
  }
}

function nameOf({ title }: Job): string {
  return title.replace(/^Train: /, '');
}
