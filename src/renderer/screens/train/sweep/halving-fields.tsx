import { sweepObjectives } from '../../../../pipeline/domain/sweep.ts';
import { Field } from '../../../components/controls/field.tsx';
import { NumberInput } from '../../../components/controls/number-input.tsx';
import { Select } from '../../../components/controls/select.tsx';
import type { SweepDraft } from './sweep-draft.ts';

interface HalvingFieldsProps {
  readonly draft: SweepDraft;
  onChange(draft: SweepDraft): void;
}

const objectives = [
  { value: sweepObjectives[0], label: 'Balanced accuracy' },
  { value: sweepObjectives[1], label: 'Loss' },
] as const;

/** What candidates are ranked by, how many are drawn, and how hard losers are stopped. */
export function HalvingFields({ draft, onChange }: HalvingFieldsProps) {
  const { method, candidates, seed, objective, eta, leastEpochs } = draft;
  return (
    <div className="h-sweep-settings">
      <Field label="Ranked by" help="On validation groups, or out of fold.">
        <Select value={objective} onChange={(next) => onChange({ ...draft, objective: next })} options={objectives} />
      </Field>
      {method === 'grid' ? null : (
        <>
          <Field label="Candidates">
            <Count value={candidates} max={500} onChange={(next) => onChange({ ...draft, candidates: next })} />
          </Field>
          <Field label="Seed of the draws">
            <Count value={seed} onChange={(next) => onChange({ ...draft, seed: next })} />
          </Field>
        </>
      )}
      <Field label="Keep one in" help="Of each rung, for as many times the epochs. 1 stops nobody.">
        <Count value={eta} max={10} onChange={(next) => onChange({ ...draft, eta: next })} />
      </Field>
      <Field label="Epochs at least">
        <Count value={leastEpochs} max={10_000} onChange={(next) => onChange({ ...draft, leastEpochs: next })} />
      </Field>
    </div>
  );
}

interface CountProps {
  readonly value: number;
  readonly max?: number;
  onChange(value: number): void;
}

function Count({ value, max, onChange }: CountProps) {
  return (
    <NumberInput
      value={value}
      integer
      min={1}
      {...(max === undefined ? {} : { max })}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}
