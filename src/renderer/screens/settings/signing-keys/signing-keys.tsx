import { Download, KeyRound, ShieldPlus, UserX } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, receiveFile, useAction, useCall } from '../../../api.ts';
import { Button, IconButton } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { notify } from '../../../stores/notices.ts';
import { Fingerprint } from '../../models/signature/fingerprint.tsx';
import { MakeKeyDialog } from './make-key-dialog.tsx';
import { TrustKeyDialog } from './trust-key-dialog.tsx';

type Keys = Output<'keys/list'>;

/** Keys that models are signed with: the user's own, and those of others whose signatures count. */
export function SigningKeys() {
  const [open, setOpen] = useState<'make' | 'trust'>();
  const keys = useCall('keys/list', {}, { refreshOn: (push) => push.topic === 'changed' && push.what === 'models' });
  const close = (): void => setOpen(undefined);
  return (
    <Panel title="Signing keys" subtitle="Who stands for a model: yours, and those of others">
      <Answer of={keys} rows={4} title="The keys could not be read">
        {({ own, trusted, keychainProblem }) => (
          <div className="h-settings-form">
            <OwnKeys own={own} />
            <TrustedKeys trusted={trusted} />
            {keychainProblem === null ? null : (
              <p className="h-soft">
                {keychainProblem} A key in an encrypted file is made with{' '}
                <span className="h-mono">hilum keys make --file</span>.
              </p>
            )}
            <div className="h-settings-row">
              <Button icon={KeyRound} disabled={keychainProblem !== null} onClick={() => setOpen('make')}>
                Make a key…
              </Button>
              <Button icon={ShieldPlus} onClick={() => setOpen('trust')}>
                Trust a key…
              </Button>
            </div>
          </div>
        )}
      </Answer>
      <MakeKeyDialog open={open === 'make'} onClose={close} />
      <TrustKeyDialog open={open === 'trust'} onClose={close} />
    </Panel>
  );
}

function OwnKeys({ own }: { readonly own: Keys['own'] }) {
  if (own.length === 0) return <p className="h-soft">No key of yours yet.</p>;
  return (
    <table className="h-settings-table">
      <caption>My keys</caption>
      <KeyHead last="Public half" />
      <tbody>
        {own.map((key) => (
          <tr key={key.fingerprint}>
            <th scope="row">
              {key.name}
              <div className="h-soft">
                {formatDateTime(key.madeAt)}, {key.kept === 'file' ? 'encrypted file' : 'keychain'}
              </div>
            </th>
            <td>
              <Fingerprint of={key.fingerprint} />
            </td>
            <td>
              <ExportKey name={key.name} fingerprint={key.fingerprint} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ExportKey({ name, fingerprint }: { readonly name: string; readonly fingerprint: string }) {
  const save = useAction(async () => {
    const text = await receiveFile(await call('keys/export', { fingerprint }));
    if (text) notify({ text });
  });
  return (
    <>
      <IconButton label={`Export the public half: ${name}`} icon={Download} onClick={() => void save.run()} />
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
    </>
  );
}

function TrustedKeys({ trusted }: { readonly trusted: Keys['trusted'] }) {
  if (trusted.length === 0) return <p className="h-soft">Nobody's signatures count here yet.</p>;
  return (
    <table className="h-settings-table">
      <caption>Trusted signers</caption>
      <KeyHead last="Forget" />
      <tbody>
        {trusted.map((key) => (
          <tr key={key.fingerprint}>
            <th scope="row">
              {key.name}
              <div className="h-soft">
                {key.trustedAt === null ? 'By HILUM_TRUSTED_KEYS' : `Since ${formatDateTime(key.trustedAt)}`}
              </div>
            </th>
            <td>
              <Fingerprint of={key.fingerprint} />
            </td>
            <td>{key.trustedAt === null ? null : <ForgetKey name={key.name} fingerprint={key.fingerprint} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ForgetKey({ name, fingerprint }: { readonly name: string; readonly fingerprint: string }) {
  const forget = useAction(async () => {
    await call('keys/distrust', { fingerprint });
    notify({ text: `Signatures of ${name} count here no longer.`, kind: 'good' });
  });
  return (
    <>
      <IconButton label={`Forget ${name}`} icon={UserX} disabled={forget.busy} onClick={() => void forget.run()} />
      {forget.error === undefined ? null : <ErrorNotice error={forget.error} compact />}
    </>
  );
}

function KeyHead({ last }: { readonly last: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Fingerprint</th>
        <th scope="col">
          <span className="h-sr">{last}</span>
        </th>
      </tr>
    </thead>
  );
}
