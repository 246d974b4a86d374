import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextArea } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';
import { TrustForm } from '../../models/signature/trust-form.tsx';

/** Takes somebody's public key: first its text, then its fingerprint to compare. */
export function TrustKeyDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Trust a key"
      description="The public key that somebody gave you, as PEM text."
    >
      <KeyText onDone={onClose} />
    </Dialog>
  );
}

/** Inside the dialog, so that closing forgets what was pasted. */
function KeyText({ onDone }: { onDone(): void }) {
  const [pem, setPem] = useState('');
  const [fingerprint, setFingerprint] = useState<string>();
  const read = useAction(async () => setFingerprint((await call('keys/read', { pem })).fingerprint));
  const trust = useAction(async (compared: string, name: string) => {
    await call('keys/trust', { pem, fingerprint: compared, name });
    notify({ text: `Signatures of ${name} count here from now on.`, kind: 'good' });
    onDone();
  });
  const error = read.error ?? trust.error;
  const type = (text: string): void => {
    setPem(text);
    setFingerprint(undefined);
  };
  return (
    <div className="h-signature-form">
      <Field label="Public key">
        <TextArea value={pem} onChange={type} rows={4} placeholder="-----BEGIN PUBLIC KEY-----" spellCheck={false} />
      </Field>
      {error === undefined ? null : <ErrorNotice error={error} />}
      {fingerprint === undefined ? (
        <div>
          <Button kind="primary" busy={read.busy} disabled={pem.trim() === ''} onClick={() => void read.run()}>
            Show its fingerprint
          </Button>
        </div>
      ) : (
        <TrustForm
          fingerprint={fingerprint}
          proposedName=""
          busy={trust.busy}
          onTrust={(name) => void trust.run(fingerprint, name)}
        />
      )}
    </div>
  );
}
