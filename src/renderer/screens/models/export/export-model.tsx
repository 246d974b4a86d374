import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { ExportFormat } from '../../../../pipeline/domain/export-model.ts';
import { call, type Model, receiveFile, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { notify } from '../../../stores/notices.ts';
import { ExportDialog } from './export-dialog.tsx';

/** The button of a model's head with the dialog behind it. */
export function ExportModel({ model }: { readonly model: Model }) {
  const [open, setOpen] = useState(false);
  const making = useAction(async (format: ExportFormat) => {
    const text = await receiveFile(await call('models/export', { model: model.id, format }));
    if (text === null) return;
    notify({ text, kind: 'good' });
    setOpen(false);
  });
  return (
    <>
      <Button icon={FileDown} disabled={model.problem !== null} onClick={() => setOpen(true)}>
        Export…
      </Button>
      <ExportDialog
        open={open}
        title={model.title}
        busy={making.busy}
        error={making.error}
        onClose={() => {
          making.clear();
          setOpen(false);
        }}
        onExport={(format) => void making.run(format)}
      />
    </>
  );
}
