import { BadgeCheck, BadgeX, CircleHelp, CircleMinus, PenLine, ShieldCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import { signatureWords } from '../../../../pipeline/domain/signature.ts';
import { call, type Model, type Output, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { notify } from '../../../stores/notices.ts';
import { Fingerprint } from './fingerprint.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { TrustSignerDialog } from './trust-signer-dialog.tsx';
import './signature.css';

type Keys = Output<'keys/list'>;
type Signed = Extract<NonNullable<Model['signature']>, { fingerprint: string }>;

/** Who stands for a model, and whether their word counts here. */
export function SignaturePanel({ model }: { readonly model: Model }) {
  const keys = useCall(
    'keys/list',
    {},
    { refreshOn: (push) => push.topic === 'changed' && (push.what === 'models' || push.what === 'workspace') },
  );
  const { signature } = model;
  if (signature === null) return null;
  return (
    <Panel title="Signature" subtitle="Who stands for every byte of this model">
      <Answer of={keys} rows={3} title="The keys could not be read">
        {(known) => (
          <div className="h-signature">
            <div role="status">
              <Verdict signature={signature} required={known.required} />
            </div>
            {'fingerprint' in signature ? <Facts signature={signature} /> : null}
            <Deeds model={model} signature={signature} keys={known} />
          </div>
        )}
      </Answer>
    </Panel>
  );
}

const icons = { trusted: BadgeCheck, unknown: CircleHelp, bad: BadgeX, unsigned: CircleMinus } as const;

function Verdict({
  signature,
  required,
}: {
  readonly signature: NonNullable<Model['signature']>;
  readonly required: boolean;
}) {
  const Icon = icons[signature.state];
  return (
    <>
      <p className={`h-signature-line h-signature-${signature.state}`}>
        <Icon size={16} aria-hidden="true" />
        <strong>{signatureWords(signature)}</strong>
      </p>
      {required && signature.state !== 'trusted' ? (
        <p className="h-signature-required">
          This workspace uses signed models of trusted signers only: this one is not classified or explained with here,
          and cannot be promoted.
        </p>
      ) : null}
    </>
  );
}

function Facts({ signature }: { readonly signature: Signed }) {
  const { state, signer, signedAt, fingerprint } = signature;
  return (
    <KeyValues
      items={[
        { name: state === 'trusted' ? 'Signer' : 'Goes by the name', value: signer },
        { name: 'Signed', value: formatDateTime(signedAt), help: "By the signer's clock" },
        { name: 'Fingerprint of the key', value: <Fingerprint of={fingerprint} /> },
      ]}
    />
  );
}

interface DeedsProps {
  readonly model: Model;
  readonly signature: NonNullable<Model['signature']>;
  readonly keys: Keys;
}

function Deeds({ model, signature, keys }: DeedsProps) {
  const [open, setOpen] = useState<'sign' | 'trust'>();
  const forget = useAction(async (fingerprint: string) => {
    await call('keys/distrust', { fingerprint });
    notify({ text: 'Signatures of this key count here no longer.', kind: 'good' });
  });
  const trusted = signature.state === 'trusted' ? keys.trusted.find(isOf(signature)) : undefined;
  const close = (): void => setOpen(undefined);
  return (
    <div className="h-models-deeds">
      {forget.error === undefined ? null : <ErrorNotice error={forget.error} compact />}
      {model.origin === 'bundled' ? null : (
        <Button icon={PenLine} onClick={() => setOpen('sign')}>
          Sign with my key…
        </Button>
      )}
      {signature.state === 'unknown' ? (
        <Button icon={ShieldCheck} onClick={() => setOpen('trust')}>
          Trust this signer…
        </Button>
      ) : null}
      {trusted === undefined || trusted.trustedAt === null ? null : (
        <Button icon={UserX} kind="quiet" busy={forget.busy} onClick={() => void forget.run(trusted.fingerprint)}>
          Forget signer
        </Button>
      )}
      <SignDialog open={open === 'sign'} onClose={close} model={model} keys={keys} />
      {signature.state === 'unknown' ? (
        <TrustSignerDialog open={open === 'trust'} onClose={close} model={model.id} signature={signature} />
      ) : null}
    </div>
  );
}

const isOf =
  ({ fingerprint }: Signed) =>
  (key: Keys['trusted'][number]): boolean =>
    key.fingerprint === fingerprint;
