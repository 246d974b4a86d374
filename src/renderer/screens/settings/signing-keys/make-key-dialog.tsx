import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';

/** The private half goes into the keychain and never to this page. */
export function MakeKeyDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const [name, setName] = useState('');
  const written = name.trim().normalize('NFC');
  const make = useAction(async () => {
    await call('keys/make', { name: written });
    notify({ text: 'The key was made. Tell its fingerprint to those who are to trust it.', kind: 'good' });
    setName('');
    onClose();
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Make a signing key"
      size="small"
      footer={
        <Button
          kind="primary"
          icon={KeyRound}
          busy={make.busy}
          disabled={written === ''}
          onClick={() => void make.run()}
        >
          Make key
        </Button>
      }
    >
      <Field label="Name" help="Yours or your group's: shown with every signature. The key is kept in the keychain.">
        <TextInput value={name} onChange={setName} maxLength={80} />
      </Field>
      {make.error === undefined ? null : <ErrorNotice error={make.error} />}
    </Dialog>
  );
}
