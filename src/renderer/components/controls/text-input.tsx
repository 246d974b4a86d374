import { Search } from 'lucide-react';
import type { ComponentProps, KeyboardEvent, Ref } from 'react';
import { useControl } from './field-context.ts';
import './field.css';

interface TextInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'ref'> {
  readonly value: string;
  onChange(text: string): void;
  readonly type?: 'text' | 'search' | 'password';
  /** Name of the control where it stands without a Field. */
  readonly label?: string;
  onEnter?(): void;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextInput({ value, onChange, type = 'text', label, onEnter, onKeyDown, ...rest }: TextInputProps) {
  const control = useControl(label);
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    onKeyDown?.(event);
    // Enter that ends the composition of a character is not meant for the page.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.();
  };
  const input = (
    <input
      autoComplete="off"
      {...control}
      {...rest}
      className="h-input"
      type={type}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={press}
    />
  );
  if (type !== 'search') return input;
  return (
    <span className="h-search">
      <Search size={14} aria-hidden="true" />
      {input}
    </span>
  );
}

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  readonly value: string;
  onChange(text: string): void;
  readonly label?: string;
}

export function TextArea({ value, onChange, label, rows = 4, ...rest }: TextAreaProps) {
  const control = useControl(label);
  return (
    <textarea
      {...control}
      {...rest}
      className="h-input"
      rows={rows}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
