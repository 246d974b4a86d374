import { call, useAction } from '../../../api.ts';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';
import { TrustForm } from './trust-form.tsx';

interface TrustSignerDialogProps {
  readonly open: boolean;
  onClose(): void;
  /** Seal of the model that the key signed. */
  readonly model: string;
  readonly signature: { readonly signer: string; readonly fingerprint: string };
}

/** Lets the key that signed a model count here. */
export function TrustSignerDialog({ open, onClose, model, signature }: TrustSignerDialogProps) {
  const { signer, fingerprint } = signature;
  const trust = useAction(async (name: string) => {
    await call('keys/trust-signer', { model, fingerprint, name });
    notify({ text: `Signatures of ${name} count here from now on.`, kind: 'good' });
    onClose();
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Trust this signer"
      description={`The signer goes by "${signer}". Anybody can write any name: only the fingerprint says whose key it is.`}
    >
      <TrustForm
        fingerprint={fingerprint}
        proposedName={signer}
        busy={trust.busy}
        onTrust={(name) => void trust.run(name)}
      />
      {trust.error === undefined ? null : <ErrorNotice error={trust.error} />}
    </Dialog>
  );
}
