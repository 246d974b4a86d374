import { FlaskConical, FolderOpen, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Dataset } from '../../../api.ts';
import { Button, LinkButton } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { FolderPicker } from '../../../components/files/folder-picker.tsx';
import { ConfirmDialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { href } from '../../../stores/route.ts';
import type { useReading } from './use-reading.ts';

interface SourceActionsProps {
  readonly reading: ReturnType<typeof useReading>;
  /** A job already works on the dataset. */
  readonly busy: boolean;
  onReplace(path: string): void;
}

/** Reads the source once more, or another one. */
export function SourceActions({ reading, busy, onReplace }: SourceActionsProps) {
  const [picking, setPicking] = useState(false);
  const readAgain = (): void => void reading.run(null);
  useKeys([
    { keys: 'Shift+R', title: 'Read the dataset again', group: 'Data', enabled: !busy, run: readAgain },
    { title: 'Choose another dataset', group: 'Data', enabled: !busy, run: () => setPicking(true) },
  ]);
  return (
    <>
      {reading.error === undefined ? null : <ErrorNotice error={reading.error} compact />}
      <Button icon={RefreshCw} busy={reading.busy} disabled={busy} onClick={readAgain}>
        Read again
      </Button>
      <Button icon={FolderOpen} disabled={busy} onClick={() => setPicking(true)}>
        Choose another
      </Button>
      <LinkButton kind="primary" icon={FlaskConical} href={href('/train')}>
        Train on it
      </LinkButton>
      <FolderPicker open={picking} onClose={() => setPicking(false)} onPick={onReplace} purpose="dataset" />
    </>
  );
}

interface ReplaceDialogProps {
  readonly dataset: Dataset;
  /** null: nobody asked. */
  readonly path: string | null;
  onClose(): void;
  onConfirm(path: string): void;
}

/** Another source takes the place of the one that is set. */
export function ReplaceDialog({ dataset: { source, edits }, path, onClose, onConfirm }: ReplaceDialogProps) {
  return (
    <ConfirmDialog
      open={path !== null}
      onClose={onClose}
      title="Read another dataset?"
      text={
        <>
          <p className="h-wrap">
            <span className="h-mono">{path}</span> takes the place of <span className="h-mono">{source}</span>.
          </p>
          <p>
            Runs and models stay.{' '}
            {edits === 0
              ? ''
              : `${plural(edits, 'hand edit')} of class, scan or group ${edits === 1 ? 'is' : 'are'} kept only for images that are in the new folder too.`}
          </p>
        </>
      }
      confirmLabel="Read it"
      onConfirm={() => {
        if (path !== null) onConfirm(path);
      }}
    />
  );
}
