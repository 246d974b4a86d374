import { trainedElsewhere } from '../../../../pipeline/domain/sealed-model.ts';
import { ApiError, type Output, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { jobText } from '../../../frame/job-text.ts';
import { isActive, useJob } from '../../../stores/jobs.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { SearchTable } from './search-table.tsx';

interface ImportProgressProps {
  readonly job: string;
  onClose(): void;
  onAgain(): void;
}

/** The import while it runs, and what came of it. */
export function ImportProgress({ job: id, onClose, onAgain }: ImportProgressProps) {
  const job = useJob(id);
  const ended = job !== undefined && !isActive(job);
  const outcome = useCall('networks/outcome', ended ? { job: id } : null).value?.outcome ?? null;
  if (!ended) {
    const text = job === undefined ? 'Starting' : jobText(job);
    return <ProgressBar label="Importing" fraction={job?.progress?.fraction ?? null} text={text} />;
  }
  return (
    <div className="h-import-outcome" role="status">
      {job.error === null ? null : (
        <>
          <ErrorNotice error={new ApiError(job.error.code, job.error.facts)} title="Nothing was imported" compact />
          <Button onClick={onAgain}>Change what is stated</Button>
        </>
      )}
      {outcome?.imported == null ? null : <Imported outcome={outcome} onClose={onClose} />}
      {outcome?.search == null ? null : <SearchTable search={outcome.search} />}
    </div>
  );
}

type Outcome = NonNullable<Output<'networks/outcome'>['outcome']>;

function Imported({ outcome: { imported, backboneFolder }, onClose }: { readonly outcome: Outcome; onClose(): void }) {
  if (imported === null) return null;
  if (imported.as === 'backbone') {
    return (
      <p>
        Kept in <code>{backboneFolder}</code>: {imported.dimensions} features. To train on it, set in params.yaml{' '}
        <code>backbone.name: imported</code>, <code>backbone.weights: {backboneFolder}</code>,{' '}
        <code>backbone.features: [top]</code> and <code>image.size: {imported.size}</code>.
      </p>
    );
  }
  return (
    <p>
      <strong>Imported and sealed.</strong> {trainedElsewhere}{' '}
      <a href={href(pathOf('models', [imported.seal]))} onClick={onClose}>
        Show the model
      </a>
    </p>
  );
}
