import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import type { FormProps } from './import-form.tsx';

/** Pictures and the answers of the network where it was trained: what is not stated is found by trying. */
export function ReferenceFields({ form, onChange }: FormProps) {
  return (
    <div className="h-import-reference">
      <Checkbox
        checked={form.compares}
        onChange={(compares) => onChange({ ...form, compares })}
        label="Find what is not stated by comparing with reference predictions"
        help="Only a way that repeats every probability within 0.0001 is taken. The pictures have to be grey."
      />
      {form.compares ? (
        <div className="h-import-fields">
          <Field label="Folder of pictures">
            <TextInput value={form.images} onChange={(images) => onChange({ ...form, images })} spellCheck={false} />
          </Field>
          <Field label="Reference predictions" help="Table with the columns file and p_<class>.">
            <TextInput
              value={form.predictions}
              onChange={(predictions) => onChange({ ...form, predictions })}
              spellCheck={false}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
