import { Select } from '../../../../components/controls/select.tsx';
import { isSame } from '../values.ts';
import { optionLabel } from '../wording.ts';
import type { ControlProps } from './control.ts';

/** The one word, one of the options, or all of them. */
export function SomeControl({ field: { path, shape }, values, disabled, onChange }: ControlProps) {
  if (shape.kind !== 'some') return null;
  const { word, options } = shape;
  const name = (option: string): string => optionLabel(path, option);
  const choices = [
    { value: word, label: name(word), means: word },
    ...options.map((option) => ({ value: `only ${option}`, label: name(option), means: [option] })),
    { value: 'all', label: options.map(name).join(' and '), means: [...options] },
  ];
  const chosen = choices.find(({ means }) => isSame(means, values[path]));
  return (
    <Select
      value={chosen?.value ?? null}
      placeholder="As in params.yaml"
      options={choices.map(({ value, label }) => ({ value, label }))}
      onChange={(value) => onChange(choices.find((each) => each.value === value)?.means)}
      disabled={disabled}
    />
  );
}
