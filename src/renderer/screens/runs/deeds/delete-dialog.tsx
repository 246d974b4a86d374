import { call, type Output, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { formatBytes, plural } from '../../../format/numbers.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { unmark } from '../list/run-store.ts';
import { NamedRuns } from '../named-runs.tsx';

interface DeleteDialogProps {
  /** null: closed. */
  readonly runs: readonly string[] | null;
  onClose(): void;
  onDeleted?(): void;
}

/** Says what deleting would free before it is done; for a while it can be taken back. */
export function DeleteDialog({ runs, onClose, onDeleted }: DeleteDialogProps) {
  return runs === null ? null : <OpenDialog key={runs.join()} runs={runs} onClose={onClose} onDeleted={onDeleted} />;
}

interface OpenDialogProps {
  readonly runs: readonly string[];
  onClose(): void;
  readonly onDeleted: (() => void) | undefined;
}

function OpenDialog({ runs, onClose, onDeleted }: OpenDialogProps) {
  const preview = useCall('runs/delete-preview', { runs: [...runs] });
  const remove = useAction(async () => {
    const done = await call('runs/delete', { runs: [...runs] });
    unmark(runs);
    onClose();
    onDeleted?.();
    offerUndo(runs.length, done);
  });
  return (
    <Dialog
      open
      size="small"
      title={runs.length === 1 ? 'Delete this run?' : `Delete ${plural(runs.length, 'run')}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="danger"
            busy={remove.busy}
            disabled={preview.value === undefined}
            onClick={() => void remove.run()}
          >
            {runs.length === 1 ? 'Delete run' : `Delete ${plural(runs.length, 'run')}`}
          </Button>
        </>
      }
    >
      {remove.error === undefined ? null : <ErrorNotice error={remove.error} compact />}
      <NamedRuns runs={runs} />
      <Answer of={preview} rows={2} title="What this would free could not be found out">
        {(freed) => <Freed freed={freed} />}
      </Answer>
    </Dialog>
  );
}

function Freed({ freed }: { readonly freed: Output<'runs/delete-preview'> }) {
  const { files, bytes, sharedFiles, sharedBytes } = freed;
  return (
    <div className="h-prose h-runs-freed">
      <p>
        Figures, curves, notes and predictions go, and with them{' '}
        <strong>
          {plural(files, 'file')}, {formatBytes(bytes)}
        </strong>
        .
      </p>
      {sharedFiles === 0 ? null : (
        <p>
          {plural(sharedFiles, 'file')} ({formatBytes(sharedBytes)}) {sharedFiles === 1 ? 'stays' : 'stay'}: other runs,
          batches, the registry or settings need {sharedFiles === 1 ? 'it' : 'them'}.
        </p>
      )}
      <p className="h-soft">It can be taken back for half a minute; then the space is free.</p>
    </div>
  );
}

function offerUndo(count: number, { undo, undoUntil, bytes }: Output<'runs/delete'>): void {
  const leftMs = Math.max(0, Date.parse(undoUntil) - Date.now());
  const freed = bytes === 0 ? '' : `, ${formatBytes(bytes)} will be free`;
  notify({
    text: `${plural(count, 'run')} deleted${freed}.`,
    stayMs: leftMs,
    action: {
      label: 'Undo',
      run: () => {
        call('runs/undo-delete', { undo }).then(
          ({ runs }) => notify({ text: `${plural(runs, 'run')} ${runs === 1 ? 'is' : 'are'} back.`, kind: 'good' }),
          notifyError,
        );
      },
    },
  });
}
