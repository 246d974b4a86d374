import { Select } from '../../../../components/controls/select.tsx';
import { withBackbone } from '../backbones.ts';
import { textOf } from '../typed-number.ts';
import type { ControlProps } from './control.ts';

/** The backbones that the program knows; one without weights says so. */
export function BackboneControl({ field: { path }, values, backbones, disabled, onValues }: ControlProps) {
  const now = textOf(values[path]);
  const known = backbones.map(({ name, title, ready }) => ({
    value: name,
    label: ready ? title : `${title}, weights needed`,
  }));
  const options = known.some(({ value }) => value === now) ? known : [{ value: now, label: now }, ...known];
  return (
    <Select
      value={now}
      options={options}
      onChange={(name) => onValues(withBackbone(values, name, backbones))}
      disabled={disabled}
    />
  );
}
