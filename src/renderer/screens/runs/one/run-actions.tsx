import {
  Boxes,
  ChartLine,
  Ellipsis,
  FileText,
  GitCompareArrows,
  Package,
  Pencil,
  Pin,
  PinOff,
  Play,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { call, type Run, useAction } from '../../../api.ts';
import { Button, IconButton, LinkButton } from '../../../components/controls/button.tsx';
import { Menu } from '../../../components/overlays/menu.tsx';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { href, navigate, pathOf } from '../../../stores/route.ts';
import { ExportBundleDialog } from '../bundle/export-dialog.tsx';
import { queryOf } from '../compare/comparing.ts';
import { DeleteDialog } from '../deeds/delete-dialog.tsx';
import { setPinned } from '../deeds/pin.ts';
import { useExport } from '../deeds/use-export.ts';
import { useTensorboard } from '../deeds/use-tensorboard.ts';
import { RenameDialog } from './rename-dialog.tsx';

/** What can be done with a run, by button and by key. */
export function RunActions({ run }: { readonly run: Run }) {
  const [open, setOpen] = useState<'rename' | 'delete' | 'bundle' | null>(null);
  const { resume, pin, compare, exportHtml, exportTensorboard, isExporting } = useDeeds(run);
  useKeys([
    { keys: 'c', title: 'Compare with other runs', group: 'Run', run: compare },
    { keys: 'p', title: 'Pin on top, or let go', group: 'Run', run: pin },
    { keys: 'F2', title: 'Rename', group: 'Run', run: () => setOpen('rename') },
    { keys: 'Delete', title: 'Delete', group: 'Run', run: () => setOpen('delete') },
    { title: 'Export as one HTML page', group: 'Run', run: exportHtml },
    { title: 'Export as a bundle', group: 'Run', run: () => setOpen('bundle') },
  ]);
  useCommand('export', exportHtml);
  return (
    <>
      {run.resumable ? (
        <Button kind="primary" icon={Play} busy={resume.busy} onClick={() => void resume.run()}>
          Resume
        </Button>
      ) : null}
      {run.model === null ? null : (
        <LinkButton icon={Boxes} href={href(pathOf('models', [run.model]))}>
          Its model
        </LinkButton>
      )}
      <Button icon={GitCompareArrows} keyHint="c" onClick={compare}>
        Compare
      </Button>
      <IconButton
        label={run.pinned ? 'Let go of the pin' : 'Pin on top'}
        icon={run.pinned ? PinOff : Pin}
        pressed={run.pinned}
        keyHint="p"
        onClick={pin}
      />
      <Menu
        label="More"
        trigger={<IconButton label="More" icon={Ellipsis} busy={isExporting} />}
        items={[
          { label: 'Rename…', icon: Pencil, keyHint: 'F2', run: () => setOpen('rename') },
          { label: 'Export HTML', icon: FileText, run: exportHtml },
          { label: 'Export bundle…', icon: Package, run: () => setOpen('bundle') },
          { label: 'Export for TensorBoard', icon: ChartLine, run: exportTensorboard },
          'separator',
          { label: 'Delete…', icon: Trash2, keyHint: 'Delete', danger: true, run: () => setOpen('delete') },
        ]}
      />
      <ExportBundleDialog runs={open === 'bundle' ? [run.id] : null} onClose={() => setOpen(null)} />
      <RenameDialog run={run} open={open === 'rename'} onClose={() => setOpen(null)} />
      <DeleteDialog
        runs={open === 'delete' ? [run.id] : null}
        onClose={() => setOpen(null)}
        onDeleted={() => navigate(pathOf('runs'))}
      />
    </>
  );
}

function useDeeds({ id, pinned }: Run) {
  const making = useExport();
  const curves = useTensorboard();
  const resume = useAction(async () => {
    try {
      await call('training/resume', { run: id });
      notify({ text: 'The run goes on from its last checkpoint.', kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
  return {
    resume,
    pin: () => void setPinned([id], !pinned),
    compare: () => void compareWithBaseline(id).catch(notifyError),
    exportHtml: () => void making.run([id]),
    exportTensorboard: () => void curves.run([id]),
    isExporting: making.busy || curves.busy,
  };
}

/** With the pinned run; where there is none, others are chosen there. */
async function compareWithBaseline(id: string): Promise<void> {
  const sort = { by: 'started', descending: true };
  const pinned = await call('runs/query', { filter: 'pinned', sort, columns: [], all: false, offset: 0, limit: 2 });
  const baseline = pinned.rows.find((run) => run.id !== id);
  const ids = baseline === undefined ? [id] : [baseline.id, id];
  navigate(pathOf('runs', ['compare'], queryOf({ ids, base: null })));
}
