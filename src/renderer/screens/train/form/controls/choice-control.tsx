import { Select } from '../../../../components/controls/select.tsx';
import { optionLabel } from '../wording.ts';
import type { ControlProps } from './control.ts';

export function ChoiceControl({ field: { path, shape }, values, disabled, onChange }: ControlProps) {
  if (shape.kind !== 'choice') return null;
  const value = shape.options.find((option) => option === values[path]) ?? null;
  return (
    <Select
      value={value}
      onChange={onChange}
      options={shape.options.map((option) => ({ value: option, label: optionLabel(path, option) }))}
      placeholder="Choose"
      disabled={disabled}
    />
  );
}
