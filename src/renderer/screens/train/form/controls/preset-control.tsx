import { Segmented } from '../../../../components/controls/segmented.tsx';
import { labelOf, optionLabel } from '../wording.ts';
import type { ControlProps } from './control.ts';

/** A few ways to train, all in sight; the help below tells of the chosen one. */
export function PresetControl({ field: { path, shape }, values, onChange }: ControlProps) {
  if (shape.kind !== 'choice') return null;
  const value = shape.options.find((option) => option === values[path]) ?? '';
  return (
    <Segmented
      label={labelOf(path)}
      value={value}
      onChange={onChange}
      options={shape.options.map((option) => ({ value: option, label: optionLabel(path, option) }))}
    />
  );
}
