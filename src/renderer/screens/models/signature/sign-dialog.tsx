import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { call, type Model, type Output, useAction } from '../../../api.ts';
import { Button, LinkButton } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';
import { href } from '../../../stores/route.ts';
import { Fingerprint } from './fingerprint.tsx';

interface SignDialogProps {
  readonly open: boolean;
  onClose(): void;
  readonly model: Model;
  readonly keys: Output<'keys/list'>;
}

/** Chooses one of the user's keys and signs; a signature that is there is replaced. */
export function SignDialog({ open, onClose, model, keys }: SignDialogProps) {
  const [chosen, setChosen] = useState<string>();
  const key = keys.own.find(({ fingerprint }) => fingerprint === chosen) ?? keys.own[0];
  const sign = useAction(async (fingerprint: string) => {
    await call('models/sign', { model: model.id, key: fingerprint });
    notify({ text: 'The model was signed.', kind: 'good' });
    onClose();
  });
  const isSigned = model.signature !== null && model.signature.state !== 'unsigned';
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Sign this model"
      description={`Your signature says that you stand for every byte of "${model.title}".${isSigned ? ' The signature that it has now is replaced.' : ''}`}
      footer={
        key === undefined ? (
          <LinkButton href={href('/settings')}>Make a key in Settings</LinkButton>
        ) : (
          <Button kind="primary" icon={PenLine} busy={sign.busy} onClick={() => void sign.run(key.fingerprint)}>
            Sign
          </Button>
        )
      }
    >
      {key === undefined ? (
        <p>You have no signing key yet.</p>
      ) : (
        <div className="h-signature-form">
          <Field label="Key" help={keptWords[key.kept]}>
            <Select
              value={key.fingerprint}
              onChange={setChosen}
              options={keys.own.map(({ name, fingerprint }) => ({ value: fingerprint, label: name }))}
            />
          </Field>
          <Fingerprint of={key.fingerprint} />
          {sign.error === undefined ? null : <ErrorNotice error={sign.error} />}
        </div>
      )}
    </Dialog>
  );
}

const keptWords = {
  keychain: 'In the keychain of this machine, which may ask you to unlock it.',
  file: 'In an encrypted file: the program must have been started with its passphrase in HILUM_KEY_PASSPHRASE.',
} as const;
