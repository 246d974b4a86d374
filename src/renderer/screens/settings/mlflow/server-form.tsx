import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Select, type SelectOption } from '../../../components/controls/select.tsx';
import { Switch } from '../../../components/controls/switch.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { notify } from '../../../stores/notices.ts';
import type { Tracking } from './mlflow-panel.tsx';

const artefactChoices: readonly SelectOption<Tracking['written']['artefacts']>[] = [
  { value: 'without-names', label: 'Figures, report, plots and the sealed model' },
  { value: 'all', label: 'Also predictions: they hold file names' },
  { value: 'none', label: 'No files' },
];

interface ServerFormProps {
  readonly state: Tracking;
  onSaved(): void;
}

/** What stands in config.yaml. */
export function ServerForm({ state: { written, from, server, experiment, live: isLive }, onSaved }: ServerFormProps) {
  const [uri, setUri] = useState(written.uri ?? '');
  const [name, setName] = useState(written.experiment ?? '');
  const [live, setLive] = useState(written.live ?? isLive);
  const [artefacts, setArtefacts] = useState(written.artefacts);
  const save = useAction(async () => {
    const keepsUnset = written.live === null && live === isLive;
    await call('tracking/save', {
      uri: orNull(uri),
      experiment: orNull(name),
      live: keepsUnset ? null : live,
      artefacts,
    });
    notify({ text: 'MLflow settings saved in config.yaml.', kind: 'good' });
    onSaved();
  });
  const fromEnvironment = from === 'environment' ? `MLFLOW_TRACKING_URI wins over it: ${server}` : undefined;
  return (
    <>
      <Field label="Address" help={fromEnvironment ?? 'http or https, without user and password.'}>
        <TextInput
          value={uri}
          placeholder="https://mlflow.example.org"
          spellCheck={false}
          maxLength={2000}
          onChange={setUri}
        />
      </Field>
      <Field label="Experiment" help="Left empty: the name of the workspace.">
        <TextInput value={name} placeholder={experiment} spellCheck={false} maxLength={200} onChange={setName} />
      </Field>
      <Field label="Files that are sent">
        <Select<Tracking['written']['artefacts']> value={artefacts} options={artefactChoices} onChange={setArtefacts} />
      </Field>
      <Switch
        label="Send while a run is trained"
        help="A training never waits for the server and never fails because of it."
        checked={live}
        onChange={setLive}
      />
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
      <div className="h-settings-row">
        <Button busy={save.busy} onClick={() => void save.run()}>
          Save
        </Button>
      </div>
    </>
  );
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
