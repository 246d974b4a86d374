import { useState } from 'react';
import { failedGates, type ModelAlias, modelAliases } from '../../../../pipeline/domain/registry.ts';
import { call, type Model, type Output, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { TextArea } from '../../../components/controls/text-input.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { notify } from '../../../stores/notices.ts';
import { useReader } from '../../../stores/prefs.ts';
import { GateList } from './gate-list.tsx';
import { aliasWords } from './words.ts';

interface PromoteDialogProps {
  readonly model: Model;
  readonly open: boolean;
  onClose(): void;
}

/** Asks the gates, shows what each found, and promotes: as it should be, or against a gate with a reason that stays. */
export function PromoteDialog({ open, ...rest }: PromoteDialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ model, onClose }: Omit<PromoteDialogProps, 'open'>) {
  const free = modelAliases.filter((alias) => !model.aliases.some((each) => each.alias === alias));
  const [alias, setAlias] = useState<ModelAlias>(free[0] ?? 'champion');
  const [override, setOverride] = useState(false);
  const [why, setWhy] = useState('');
  const reader = useReader();
  const gates = useCall('registry/gates', { model: model.id, alias }, { keep: false });
  const promote = useAction(async () => {
    const reason = override ? why.trim() : null;
    const done = await call('registry/promote', { model: model.id, alias, override: reason, reader });
    if (!done.promoted) {
      gates.reload();
      return;
    }
    notify({ text: `v${done.version} is ${alias} now.`, kind: 'good' });
    onClose();
  });
  const state = stateOf(gates.value, override, why);
  return (
    <Dialog
      open
      size="large"
      title={`Promote v${model.version}`}
      description={`${model.title}: every gate of config.yaml is asked before anything changes.`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={override ? 'danger' : 'primary'}
            busy={promote.busy}
            disabled={!state.may}
            onClick={() => void promote.run()}
          >
            {override ? `Make ${alias} against the gate` : `Make ${alias}`}
          </Button>
        </>
      }
    >
      {free.length > 1 ? (
        <Segmented
          label="Promote to"
          value={alias}
          onChange={(next) => {
            setAlias(next);
            setOverride(false);
          }}
          options={free.map((value) => ({ value, label: aliasWords[value] }))}
        />
      ) : null}
      {promote.error === undefined ? null : <ErrorNotice error={promote.error} compact />}
      <div role="status" className="h-registry-asked">
        {gates.loading ? (
          <p className="h-soft">Asking the gates: hashes, sealed answers, a duel with the champion …</p>
        ) : null}
        <Answer of={gates} rows={6} title="The gates could not be asked">
          {(report) => <GateList checks={report.checks} />}
        </Answer>
      </div>
      {state.overridable ? <Override {...{ override, setOverride, why, setWhy }} /> : null}
      {state.never ? (
        <p className="h-registry-fail">No override helps here: such a model is refused wherever it is used.</p>
      ) : null}
    </Dialog>
  );
}

interface Standing {
  /** The button can be pressed. */
  readonly may: boolean;
  /** A gate failed, and a reason may take its place. */
  readonly overridable: boolean;
  /** A gate failed, and nothing takes its place. */
  readonly never: boolean;
}

function stateOf(report: Output<'registry/gates'> | undefined, override: boolean, why: string): Standing {
  if (report === undefined) return { may: false, overridable: false, never: false };
  const failed = failedGates(report.checks);
  const never = failed.some(({ overridable }) => !overridable);
  const overridable = failed.length > 0 && !never;
  return { may: failed.length === 0 || (overridable && override && why.trim() !== ''), overridable, never };
}

interface OverrideProps {
  readonly override: boolean;
  setOverride(override: boolean): void;
  readonly why: string;
  setWhy(why: string): void;
}

function Override({ override, setOverride, why, setWhy }: OverrideProps) {
  return (
    <div className="h-registry-override">
      <Checkbox
        label="Override the failed gates"
        help="Recorded for ever, and shown wherever the model stands at this alias."
        checked={override}
        onChange={setOverride}
      />
      {override ? (
        <Field label="Why" error={why.trim() === '' ? 'A reason is needed.' : undefined}>
          <TextArea value={why} onChange={setWhy} rows={3} maxLength={2000} />
        </Field>
      ) : null}
    </div>
  );
}
