import { FlaskConical } from 'lucide-react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { DropZone } from '../../../components/files/drop-zone.tsx';
import type { useReading } from './use-reading.ts';

interface EmptyDataProps {
  readonly reading: ReturnType<typeof useReading>;
  readonly busy: boolean;
}

const folders = `kidneys/
  Cyst/      images of cysts
  Normal/
  Stone/
  Tumor/`;

const table = `file,class,scan,group
ct1.nii.gz,Stone,s01,p01
ct2/0001.dcm,Normal,s02,p02`;

/** No dataset yet: what one is, and the ways to one. */
export function EmptyData({ reading, busy }: EmptyDataProps) {
  const demo = useAction(() => call('demo/dataset', {}));
  const error = reading.error ?? demo.error;
  return (
    <div className="h-data-empty">
      <DropZone
        purpose="dataset"
        title="Drop a dataset here"
        text="PNG, JPEG, TIFF, DICOM and NIfTI, told by their content. Files are read in place, never moved or changed."
        disabled={busy || reading.busy}
        onFolder={(path) => void reading.run(path)}
        actions={
          <Button icon={FlaskConical} busy={demo.busy} disabled={busy} onClick={() => void demo.run()}>
            Try with synthetic scans
          </Button>
        }
      />
      {error === undefined ? null : <ErrorNotice error={error} />}
      <div className="h-data-kinds">
        <section aria-label="A folder for each class">
          <h2>A folder with a sub-folder for each class</h2>
          <pre>{folders}</pre>
          <p className="h-soft">The names of the sub-folders are the classes. Scans and patients are recovered.</p>
        </section>
        <section aria-label="A table of labels">
          <h2>Or DICOM and NIfTI with a table of labels</h2>
          <pre>{table}</pre>
          <p className="h-soft">
            A CSV that <code>labels:</code> in config.yaml names; scan and group may be left out.
          </p>
        </section>
      </div>
      <p className="h-soft h-prose">
        Every file ends as accepted, duplicate or refused with a reason. Slices of one patient are kept together in
        every split, so that a figure never rests on slices of a patient that the network has learned from.
      </p>
    </div>
  );
}
