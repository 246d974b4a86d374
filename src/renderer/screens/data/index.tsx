import { useState } from 'react';
import { type Job, useCall } from '../../api.ts';
import { Answer } from '../../components/feedback/answer.tsx';
import { DropZone } from '../../components/files/drop-zone.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { isActive, useJobs } from '../../stores/jobs.ts';
import { DataTabs } from './data-tabs.tsx';
import { EmptyData } from './source/empty-data.tsx';
import { JobStrip } from './source/job-strip.tsx';
import { ReplaceDialog, SourceActions } from './source/source-actions.tsx';
import { useReading } from './source/use-reading.ts';
import './data.css';
import './images/images.css';
import './overview/overview.css';

const kinds: ReadonlySet<Job['kind']> = new Set([
  'ingest',
  'split',
  'demo-study',
  'validate',
  'leak-meter',
  'shortcuts',
  'suspects',
  'data-push',
  'data-pull',
]);
/** A run makes splits of its own. */
const holding: ReadonlySet<Job['kind']> = new Set([...kinds, 'study']);

/** The dataset of the workspace (`/data/<tab>`): what was read, how it is divided, image by image. */
export default function DataScreen() {
  const answer = useCall(
    'dataset/get',
    {},
    {
      refreshOn: (push) =>
        push.topic === 'changed' && (push.what === 'dataset' || push.what === 'params' || push.what === 'workspace'),
    },
  );
  const reading = useReading();
  const [replacing, setReplacing] = useState<string | null>(null);
  const jobs = useJobs();
  const busy = jobs.some((job) => isActive(job) && holding.has(job.kind));
  const dataset = answer.value;
  const isThere = dataset !== undefined && dataset.summary !== null;
  return (
    <Screen
      title="Data"
      subtitle={isThere && dataset.source !== null ? <Source path={dataset.source} /> : undefined}
      actions={isThere ? <SourceActions reading={reading} busy={busy} onReplace={setReplacing} /> : undefined}
      fill
    >
      <JobStrip job={jobs.find(({ kind }) => kinds.has(kind))} />
      <Answer of={answer} rows={10} title="The dataset could not be read">
        {(value) =>
          value.summary === null ? (
            <EmptyData reading={reading} busy={busy} />
          ) : (
            <DropZone
              purpose="dataset"
              title="Drop a folder to make it the dataset"
              disabled={busy}
              onFolder={setReplacing}
            >
              <DataTabs dataset={value} summary={value.summary} busy={busy} />
            </DropZone>
          )
        }
      </Answer>
      {dataset === undefined ? null : (
        <ReplaceDialog
          dataset={dataset}
          path={replacing}
          onClose={() => setReplacing(null)}
          onConfirm={(path) => void reading.run(path)}
        />
      )}
    </Screen>
  );
}

/** The end of a path says more than its beginning. */
function Source({ path }: { readonly path: string }) {
  return (
    <span className="h-mono" title={path}>
      {path.length > 64 ? `…${path.slice(-63)}` : path}
    </span>
  );
}
