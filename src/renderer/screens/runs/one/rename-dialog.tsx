import { useState } from 'react';
import { call, type Run, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';

interface RenameDialogProps {
  readonly run: Run;
  readonly open: boolean;
  onClose(): void;
}

export function RenameDialog({ open, ...rest }: RenameDialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ run, onClose }: Omit<RenameDialogProps, 'open'>) {
  const [name, setName] = useState(run.name);
  const isEmpty = name.trim() === '';
  const save = useAction(async () => {
    if (name.trim() !== run.name) await call('runs/annotate', { run: run.id, name: name.trim() });
    onClose();
  });
  const submit = (): void => {
    if (!isEmpty) void save.run();
  };
  return (
    <Dialog
      open
      size="small"
      title="Rename the run"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={save.busy} disabled={isEmpty} onClick={submit}>
            Rename
          </Button>
        </>
      }
    >
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
      <Field label="Name" error={isEmpty ? 'A run needs a name.' : null}>
        <TextInput value={name} maxLength={200} onChange={setName} onEnter={submit} />
      </Field>
    </Dialog>
  );
}
