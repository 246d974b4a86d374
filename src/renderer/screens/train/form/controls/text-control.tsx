import { TextInput } from '../../../../components/controls/text-input.tsx';
import { textOf } from '../typed-number.ts';
import type { ControlProps } from './control.ts';

export function TextControl({ field: { path, optional }, values, disabled, onChange }: ControlProps) {
  return (
    <TextInput
      value={textOf(values[path])}
      onChange={(text) => onChange(optional && text.trim() === '' ? undefined : text)}
      placeholder={optional ? 'None' : undefined}
      disabled={disabled}
      spellCheck={false}
    />
  );
}
