import { FileDown } from 'lucide-react';
import { useId, useState } from 'react';
import {
  companionWords,
  type ExportFormat,
  exportFormats,
  exportWords,
} from '../../../../pipeline/domain/export-model.ts';
import { notice } from '../../../../pipeline/domain/outcome.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import './export.css';

interface ExportDialogProps {
  readonly open: boolean;
  /** Of the model. */
  readonly title: string;
  readonly busy: boolean;
  readonly error: unknown;
  onClose(): void;
  onExport(format: ExportFormat): void;
}

/** For whom, and what they get. */
export function ExportDialog({ open, title, busy, error, onClose, onExport }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('sealed');
  const goesAlong = format === 'sealed' ? 'Nothing else: every byte of it is under its seal.' : companionWords;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Export model"
      description={title}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
          <Button kind="primary" icon={FileDown} busy={busy} onClick={() => onExport(format)}>
            Export as zip
          </Button>
        </>
      }
    >
      <div className="h-export">
        <Formats value={format} onChange={setFormat} />
        <p>
          <strong>Goes along:</strong> {goesAlong}
        </p>
        <p className="h-soft">
          The written file is checked before you get it: hashes for a sealed model, golden answers within 0.0001 for the
          others. {notice}
        </p>
        <div role="status">{busy ? 'Writing and checking the export…' : null}</div>
        {error === undefined ? null : <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}

interface FormatsProps {
  readonly value: ExportFormat;
  onChange(format: ExportFormat): void;
}

function Formats({ value, onChange }: FormatsProps) {
  const id = useId();
  return (
    <fieldset className="h-export-formats">
      <legend>Format</legend>
      {exportFormats.map((format) => (
        <label key={format} className="h-export-format">
          <input
            type="radio"
            name={id}
            checked={format === value}
            aria-describedby={`${id}${format}`}
            onChange={() => onChange(format)}
          />
          <span className="h-export-name">{exportWords[format].title}</span>
          <span id={`${id}${format}`} className="h-soft">
            {exportWords[format].sentence}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
