import { unitOf } from '../wording.ts';
import type { ControlProps } from './control.ts';
import { TypedNumber } from './typed-number.tsx';

export function NumberControl({ field: { path, shape }, values, disabled, onChange }: ControlProps) {
  if (shape.kind !== 'number') return null;
  return (
    <TypedNumber value={values[path]} onChange={onChange} limits={shape} unit={unitOf(path)} disabled={disabled} />
  );
}
