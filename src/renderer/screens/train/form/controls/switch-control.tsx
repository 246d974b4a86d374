import { Switch } from '../../../../components/controls/switch.tsx';
import type { ControlProps } from './control.ts';

/** The group around it names the field. */
export function SwitchControl({ field: { path }, values, disabled, onChange }: ControlProps) {
  return <Switch checked={values[path] === true} onChange={onChange} label="On" disabled={disabled} />;
}
