import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { notify } from '../../../stores/notices.ts';
import type { Tracking } from './mlflow-panel.tsx';

const sources = {
  environment: 'The token comes from the environment of this program.',
  keychain: 'The token is in the keychain of this computer.',
  none: 'No token is used.',
} as const;

interface TokenProps {
  readonly state: Tracking;
  onChanged(): void;
}

/** The token goes to the keychain and never comes back to the page. */
export function Token({ state: { secret, keychainProblem }, onChanged }: TokenProps) {
  const [token, setToken] = useState('');
  const keep = useAction(async (value: string | null) => {
    await call('tracking/token', { token: value });
    setToken('');
    notify({
      text: value === null ? 'The token was taken out of the keychain.' : 'The token is in the keychain.',
      kind: 'good',
    });
    onChanged();
  });
  const why = keychainProblem === null ? undefined : `${keychainProblem} Set MLFLOW_TRACKING_TOKEN instead.`;
  return (
    <div className="h-settings-form">
      <p className="h-soft">{sources[secret]}</p>
      {secret === 'environment' ? null : (
        <>
          <Field label="Token" help={why ?? 'Kept in the keychain of this computer, never in a file.'}>
            <TextInput
              type="password"
              value={token}
              disabled={why !== undefined}
              maxLength={8192}
              onChange={setToken}
            />
          </Field>
          {keep.error === undefined ? null : <ErrorNotice error={keep.error} compact />}
          <div className="h-settings-row">
            <Button
              busy={keep.busy}
              disabled={why !== undefined || token.trim() === ''}
              onClick={() => void keep.run(token)}
            >
              Keep token
            </Button>
            {secret === 'keychain' ? (
              <Button kind="quiet" busy={keep.busy} onClick={() => void keep.run(null)}>
                Forget token
              </Button>
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}
