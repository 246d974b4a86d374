import { useState } from 'react';
import { call, receiveFile, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { formatBytes, plural } from '../../../format/numbers.ts';
import { notify } from '../../../stores/notices.ts';
import { NamedRuns } from '../named-runs.tsx';
import './bundle.css';

interface ExportDialogProps {
  /** null: closed. */
  readonly runs: readonly string[] | null;
  onClose(): void;
}

/** Runs as one file for a Hilum that no network reaches. */
export function ExportBundleDialog({ runs, onClose }: ExportDialogProps) {
  return runs === null ? null : <OpenDialog key={runs.join()} runs={runs} onClose={onClose} />;
}

function OpenDialog({ runs, onClose }: { readonly runs: readonly string[]; onClose(): void }) {
  const [withModels, setWithModels] = useState(false);
  const [withPredictions, setWithPredictions] = useState(true);
  const [withNames, setWithNames] = useState(false);
  const contents = { runs: [...runs], withModels, withPredictions };
  const size = useCall('bundles/size', contents);
  const make = useAction(async () => {
    const names = withNames ? ('kept' as const) : ('replaced' as const);
    const text = await receiveFile(await call('bundles/export', { ...contents, names }));
    if (text === null) return;
    notify({ text, kind: 'good' });
    onClose();
  });
  return (
    <Dialog
      open
      title={`Export ${plural(runs.length, 'run')} as a bundle`}
      description="One zip with a hash of every file in it, for the import of another Hilum. Names, notes and tags of the runs go along as you wrote them."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={make.busy} onClick={() => void make.run()}>
            Export bundle
          </Button>
        </>
      }
    >
      {make.error === undefined ? null : <ErrorNotice error={make.error} compact />}
      <NamedRuns runs={runs} />
      <fieldset className="h-bundle-contents">
        <legend className="h-sr">What goes along</legend>
        <Checkbox
          label="The sealed models"
          help="Needed to classify with them elsewhere; figures and curves do without."
          checked={withModels}
          onChange={setWithModels}
        />
        <Checkbox
          label="Predictions, case by case"
          help="Needed to compare runs pair by pair elsewhere."
          checked={withPredictions}
          onChange={setWithPredictions}
        />
        <Checkbox
          label="Names of files and patients as they are"
          help="Left out unless you ask for it, because they often name a patient: meaningless names stand for them, and equal ones stay equal."
          checked={withNames}
          onChange={setWithNames}
        />
      </fieldset>
      <Answer of={size} rows={1} title="How large it becomes could not be found out">
        {({ bytes, models }) => (
          <p className="h-soft" role="status">
            About {formatBytes(bytes)} before it is packed.{' '}
            {models === 0 ? 'None of them has a stored model.' : `${plural(models, 'stored model')} in all.`}
          </p>
        )}
      </Answer>
    </Dialog>
  );
}
