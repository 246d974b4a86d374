import { useMemo, useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import { fieldAt, limitsText } from '../form/fields.ts';
import { valueWords } from '../form/value-words.ts';
import type { Values } from '../form/values.ts';
import { labelOf, optionLabel } from '../form/wording.ts';
import { mostVariants, type Variant, variantsOf, variedFields } from './variants.ts';

interface VariantsDialogProps {
  readonly values: Values;
  onClose(): void;
  /** undefined when it failed. */
  onStart(runs: readonly Variant[]): Promise<number | undefined>;
}

const first = 'head.dropout';

/** The form several times over, with another value of one parameter each. */
export function VariantsDialog({ values, onClose, onStart }: VariantsDialogProps) {
  const [path, setPath] = useState(first);
  const [text, setText] = useState('');
  const field = fieldAt(path) ?? variedFields[0];
  const { runs, problems } = useMemo(
    () => (field === undefined ? { runs: [], problems: [] } : variantsOf(values, field, text)),
    [values, field, text],
  );
  const canStart = runs.length > 0 && problems.length === 0;
  const start = (): void => {
    if (!canStart) return;
    onClose();
    void onStart(runs);
  };
  if (field === undefined) return null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Train several"
      description="One run for each value; everything else as the form says."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!canStart} onClick={start}>
            {runs.length === 0 ? 'Queue runs' : `Queue ${plural(runs.length, 'run')}`}
          </Button>
        </>
      }
    >
      <div className="h-train-start">
        <Field label="Parameter" help={`${field.help} Now: ${valueWords(field, values[path])}.`}>
          <Select
            value={path}
            onChange={setPath}
            options={variedFields.map((each) => ({ value: each.path, label: labelOf(each.path) }))}
          />
        </Field>
        <Field
          label="Values, separated by commas"
          help={valuesHelp(path)}
          error={problems.length === 0 ? undefined : problems.join(' ')}
        >
          <TextInput value={text} onChange={setText} onEnter={start} placeholder={exampleOf(path)} spellCheck={false} />
        </Field>
        <RunList runs={runs} />
      </div>
    </Dialog>
  );
}

function RunList({ runs }: { readonly runs: readonly Variant[] }) {
  if (runs.length === 0) return null;
  return (
    <ol className="h-train-variants" aria-label="Runs that will be queued">
      {runs.map(({ name }) => (
        <li key={name}>{name}</li>
      ))}
    </ol>
  );
}

function valuesHelp(path: string): string {
  const shape = fieldAt(path)?.shape;
  const atMost = `At most ${mostVariants} runs.`;
  if (shape?.kind === 'choice') {
    return `Among ${shape.options.map((option) => optionLabel(path, option)).join(', ')}. ${atMost}`;
  }
  return shape === undefined ? atMost : `${limitsText(shape)} ${atMost}`.trim();
}

function exampleOf(path: string): string {
  const field = fieldAt(path);
  if (field?.shape.kind === 'choice') return field.shape.options.join(', ');
  const usual = field?.default;
  return typeof usual === 'number' ? [usual / 2, usual, usual * 2].join(', ') : '';
}
