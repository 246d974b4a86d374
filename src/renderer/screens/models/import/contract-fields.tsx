import { Field } from '../../../components/controls/field.tsx';
import { Select } from '../../../components/controls/select.tsx';
import type { FormProps } from './import-form.tsx';
import { channelChoices, rangeChoices, resizeChoices, roundingChoices } from './words.ts';

/** How pictures become numbers, as far as somebody knows it. */
export function ContractFields({ form, facts, onChange }: FormProps) {
  const open = form.compares ? 'To be found' : 'Not stated';
  const isClassifier = form.as === 'classifier';
  return (
    <>
      {isClassifier ? (
        <Field label="Resize">
          <Select
            value={form.resize}
            options={[{ value: '' as const, label: open }, ...resizeChoices]}
            onChange={(resize) => onChange({ ...form, resize })}
          />
        </Field>
      ) : null}
      <Field label="Range of values">
        <Select
          value={form.range}
          options={[{ value: '' as const, label: open }, ...rangeChoices]}
          onChange={(range) => onChange({ ...form, range })}
        />
      </Field>
      {isClassifier ? (
        <Field label="Rounding">
          <Select
            value={form.rounding}
            options={[{ value: '' as const, label: form.compares ? open : 'None' }, ...roundingChoices]}
            onChange={(rounding) => onChange({ ...form, rounding })}
          />
        </Field>
      ) : null}
      {facts.input.channels === 1 ? null : (
        <Field label="Channels" help="Matters only where each channel has its own numbers: the pictures are grey.">
          <Select
            value={form.channels}
            options={[{ value: '' as const, label: form.compares ? open : 'Red, green, blue' }, ...channelChoices]}
            onChange={(channels) => onChange({ ...form, channels })}
          />
        </Field>
      )}
      {isClassifier ? <Framing form={form} facts={facts} onChange={onChange} /> : null}
    </>
  );
}

function Framing({ form, onChange }: FormProps) {
  return (
    <>
      <Field label="Crop">
        <Select
          value={form.crop}
          options={[
            { value: 'none', label: 'None' },
            { value: 'body', label: 'To the body' },
          ]}
          onChange={(crop) => onChange({ ...form, crop })}
        />
      </Field>
      <Field label="Padding">
        <Select
          value={form.padding}
          options={[
            { value: 'none', label: 'None: stretched' },
            { value: 'square', label: 'Black, to a square' },
          ]}
          onChange={(padding) => onChange({ ...form, padding })}
        />
      </Field>
    </>
  );
}
