import { Database, FlaskConical } from 'lucide-react';
import { call, type Dataset, useAction, useCall } from '../../api.ts';
import { Button, LinkButton } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { EmptyState } from '../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../components/feedback/progress-bar.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { plural } from '../../format/numbers.ts';
import { jobText } from '../../frame/job-text.ts';
import { useActiveJob } from '../../stores/jobs.ts';
import { href } from '../../stores/route.ts';
import { TrainView } from './train-view.tsx';
import './form/form.css';
import './live/live.css';
import './pipeline/pipeline.css';
import './sweep/sweep-dialog.css';
import './train.css';

/** Parameters, what a run would cost, and the runs of today. */
export default function TrainScreen() {
  const answer = useCall(
    'dataset/get',
    {},
    {
      refreshOn: (push) =>
        push.topic === 'changed' && (push.what === 'dataset' || push.what === 'params' || push.what === 'workspace'),
    },
  );
  const summary = answer.value?.summary ?? null;
  return (
    <Screen title="Train" subtitle={summary === null ? undefined : <DatasetLine summary={summary} />} fill>
      <Answer of={answer} rows={10} title="The dataset could not be read">
        {(dataset) => (dataset.summary === null ? <NoDataset /> : <TrainView split={dataset.split} />)}
      </Answer>
    </Screen>
  );
}

function DatasetLine({ summary }: { readonly summary: NonNullable<Dataset['summary']> }) {
  const { images, scans, groups } = summary;
  return (
    <>
      on {plural(images, 'image')}, {plural(scans, 'scan')}, {plural(groups, 'patient group')}
    </>
  );
}

/** Nothing to learn from yet. */
function NoDataset() {
  const demo = useAction(() => call('demo/dataset', {}));
  const job = useActiveJob(({ kind }) => kind === 'demo-study' || kind === 'ingest');
  return (
    <EmptyState
      icon={Database}
      title="There is no dataset to train on yet"
      text={
        job === undefined
          ? 'Give a folder with a sub-folder for each class on the Data screen, or try with synthetic scans that are drawn on this machine.'
          : 'The form opens when the dataset is read.'
      }
      actions={
        job === undefined ? (
          <>
            <LinkButton kind="primary" icon={Database} href={href('/data')}>
              Choose a dataset
            </LinkButton>
            <Button icon={FlaskConical} busy={demo.busy} onClick={() => void demo.run()}>
              Try with synthetic scans
            </Button>
            {demo.error === undefined ? null : <ErrorNotice error={demo.error} compact />}
          </>
        ) : (
          <div className="h-train-waiting">
            <ProgressBar label={job.title} fraction={job.progress?.fraction ?? null} text={jobText(job)} />
          </div>
        )
      }
    />
  );
}
