import { ChevronDown } from 'lucide-react';
import { classes } from '../class-names.ts';
import { useControl } from './field-context.ts';
import './field.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly disabled?: boolean;
  /** Heading that it stands under. */
  readonly group?: string;
}

interface SelectProps<V extends string> {
  readonly value: V | null;
  onChange(value: V): void;
  readonly options: readonly SelectOption<V>[];
  readonly label?: string;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** The browser's own list: it needs no style of its own inside the page's rules. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  label,
  placeholder,
  disabled,
  className,
}: SelectProps<V>) {
  const control = useControl(label);
  const take = (written: string): void => {
    const option = options.find((each) => each.value === written);
    if (option !== undefined) onChange(option.value);
  };
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <span className={classes('h-select-frame', className)}>
      <select
        {...control}
        className="h-input h-select"
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => take(event.target.value)}
      >
        {placeholder === undefined ? null : (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {groups.map((group) => (
          <Group key={group ?? ''} name={group} options={options.filter((option) => option.group === group)} />
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}

function Group({
  name,
  options,
}: {
  readonly name: string | undefined;
  readonly options: readonly SelectOption<string>[];
}) {
  const entries = options.map(({ value, label, disabled }) => (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  ));
  return name === undefined ? entries : <optgroup label={name}>{entries}</optgroup>;
}
