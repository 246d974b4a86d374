import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Params } from '../../../../pipeline/domain/params.ts';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import { withStarted } from '../form/form-state.ts';
import { changeForm } from '../form/form-store.ts';
import { type Values, valuesOf } from '../form/values.ts';
import { DimensionRow } from './dimension-row.tsx';
import { HalvingFields } from './halving-fields.tsx';
import { PlanView } from './plan-view.tsx';
import { newDraft, readDraft, type SweepDraft, searchedFields } from './sweep-draft.ts';
import { useSweepPlan } from './use-sweep-plan.ts';

interface SweepDialogProps {
  readonly values: Values;
  /** What the form says; the searched values take the place of its own. */
  readonly params: Params;
  readonly allowLeak: boolean;
  onClose(): void;
}

/** Which parameters are searched, how, and what that would cost. */
export function SweepDialog({ values, params, allowLeak, onClose }: SweepDialogProps) {
  const [draft, setDraft] = useState(newDraft);
  const { definition, problems } = useMemo(() => readDraft(draft), [draft]);
  const plan = useSweepPlan(definition, params);
  const start = useAction(async () => {
    if (definition === undefined) return;
    await call('sweeps/start', { definition, params, allowLeak });
    changeForm((state) => withStarted(state, valuesOf(params)));
    onClose();
  });
  const count = plan.value?.candidates.length;
  return (
    <Dialog
      open
      onClose={onClose}
      size="large"
      title="Search values"
      description="Each combination becomes a run on the same split; those that trail are stopped early. The test part is not looked at."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={start.busy}
            disabled={definition === undefined || count === undefined}
            onClick={() => void start.run()}
          >
            {count === undefined ? 'Start the sweep' : `Start with ${plural(count, 'candidate')}`}
          </Button>
        </>
      }
    >
      <div className="h-train-start">
        <Head draft={draft} onChange={setDraft} />
        <Rows draft={draft} values={values} problems={problems} onChange={setDraft} />
        <HalvingFields draft={draft} onChange={setDraft} />
        <PlanView plan={plan} isAsked={definition !== undefined} isWrong={problems.size > 0} />
        {start.error === undefined ? null : <ErrorNotice error={start.error} compact />}
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly draft: SweepDraft;
  onChange(draft: SweepDraft): void;
}

const methods = [
  { value: 'grid', label: 'Every combination' },
  { value: 'random', label: 'Drawn at random' },
] as const;

function Head({ draft, onChange }: PartProps) {
  return (
    <div className="h-sweep-head">
      <Field label="Name">
        <TextInput
          value={draft.name}
          onChange={(name) => onChange({ ...draft, name })}
          maxLength={150}
          spellCheck={false}
        />
      </Field>
      <Segmented
        label="Method"
        options={methods}
        value={draft.method}
        onChange={(method) => onChange({ ...draft, method })}
      />
    </div>
  );
}

interface RowsProps extends PartProps {
  readonly values: Values;
  readonly problems: ReadonlyMap<number, string>;
}

function Rows({ draft, values, problems, onChange }: RowsProps) {
  const { rows, method } = draft;
  const add = (): void => {
    const path = searchedFields.find((each) => !rows.some((row) => row.path === each.path))?.path ?? '';
    const id = Math.max(...rows.map((row) => row.id)) + 1;
    onChange({ ...draft, rows: [...rows, { id, path, kind: 'values', text: '' }] });
  };
  return (
    <div className="h-sweep-rows">
      {rows.map((row) => (
        <DimensionRow
          key={row.id}
          row={row}
          method={method}
          values={values}
          problem={problems.get(row.id)}
          onChange={(next) => onChange({ ...draft, rows: rows.map((each) => (each.id === row.id ? next : each)) })}
          onRemove={
            rows.length < 2 ? undefined : () => onChange({ ...draft, rows: rows.filter((each) => each.id !== row.id) })
          }
        />
      ))}
      <div>
        <Button kind="quiet" icon={Plus} onClick={add}>
          Another parameter
        </Button>
      </div>
    </div>
  );
}
