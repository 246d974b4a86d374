import { X } from 'lucide-react';
import { IconButton } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { fieldAt, limitsText, sectionOf } from '../form/fields.ts';
import { valueWords } from '../form/value-words.ts';
import type { Values } from '../form/values.ts';
import { labelOf, optionLabel } from '../form/wording.ts';
import { type DraftRow, type SweepDraft, searchedFields, type ValueKind } from './sweep-draft.ts';

interface DimensionRowProps {
  readonly row: DraftRow;
  readonly method: SweepDraft['method'];
  readonly values: Values;
  readonly problem: string | undefined;
  onChange(row: DraftRow): void;
  /** undefined: the only one stays. */
  readonly onRemove: (() => void) | undefined;
}

const kinds: readonly { value: ValueKind; label: string }[] = [
  { value: 'values', label: 'Values' },
  { value: 'linear', label: 'Range' },
  { value: 'log', label: 'Range, log scale' },
];

const choices = searchedFields.map((field) => ({
  value: field.path,
  label: labelOf(field.path),
  group: labelOf(sectionOf(field)),
}));

/** One parameter and the values that it takes. */
export function DimensionRow({ row, method, values, problem, onChange, onRemove }: DimensionRowProps) {
  const field = fieldAt(row.path);
  const mayRange = method === 'random' && field?.shape.kind === 'number';
  const isRange = mayRange && row.kind !== 'values';
  return (
    <div className="h-sweep-row">
      <Field
        label="Parameter"
        help={field === undefined ? undefined : `${field.help} Now: ${valueWords(field, values[row.path])}.`}
      >
        <Select
          value={row.path}
          onChange={(path) => onChange({ ...row, path, kind: 'values', text: '' })}
          options={choices}
        />
      </Field>
      {mayRange ? (
        <Field label="Draw from">
          <Select value={row.kind} onChange={(kind) => onChange({ ...row, kind })} options={kinds} />
        </Field>
      ) : null}
      <Field label={isRange ? 'Lowest to highest' : 'Values'} help={helpOf(row.path, isRange)} error={problem}>
        <TextInput
          value={row.text}
          onChange={(text) => onChange({ ...row, text })}
          placeholder={exampleOf(row.path, isRange)}
          spellCheck={false}
        />
      </Field>
      {onRemove === undefined ? null : (
        <IconButton label={`Do not search ${labelOf(row.path)}`} icon={X} kind="quiet" onClick={onRemove} />
      )}
    </div>
  );
}

function helpOf(path: string, isRange: boolean): string {
  const shape = fieldAt(path)?.shape;
  if (shape === undefined) return '';
  if (shape.kind === 'choice') return `Among ${shape.options.map((each) => optionLabel(path, each)).join(', ')}.`;
  if (shape.kind === 'switch') return 'on, off';
  if (shape.kind === 'names') return 'Sets of levels separated by semicolons.';
  return `${isRange ? '' : 'Separated by commas. '}${limitsText(shape)}`;
}

function exampleOf(path: string, isRange: boolean): string {
  const field = fieldAt(path);
  if (field?.shape.kind === 'choice') return field.shape.options.join(', ');
  if (field?.shape.kind === 'switch') return 'on, off';
  if (field?.shape.kind === 'names') return 'block3, block5; block5, block6';
  const usual = field?.default;
  if (typeof usual !== 'number') return '';
  const isWhole = field?.shape.kind === 'number' && field.shape.integer;
  if (usual === 0) return isWhole ? '0, 64' : '0, 0.1';
  if (isRange) return `${usual / 10} to ${usual * 10}`;
  return isWhole ? `${usual}, ${usual * 2}` : `${usual / 2}, ${usual}, ${usual * 2}`;
}
