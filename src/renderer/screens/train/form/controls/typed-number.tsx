import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { TextInput } from '../../../../components/controls/text-input.tsx';
import type { ShapeOf } from '../shapes.ts';
import { steppedValue, textOf, typedValue } from '../typed-number.ts';

interface TypedNumberProps {
  readonly value: unknown;
  /** A number, or the text while it is none. */
  onChange(value: number | string): void;
  readonly limits: Pick<ShapeOf<'number'>, 'integer' | 'min' | 'max' | 'above'>;
  readonly unit?: string | undefined;
  readonly label?: string;
  readonly disabled?: boolean;
}

/** A number whose faults the form tells, so that what is wrong is still there when one comes back to it. */
export function TypedNumber({ value, onChange, limits, unit, label, disabled = false }: TypedNumberProps) {
  const [text, setText] = useState(textOf(value));
  const given = useRef(value);
  useEffect(() => {
    if (Object.is(given.current, value)) return;
    given.current = value;
    setText(textOf(value));
  }, [value]);
  const take = (next: string): void => {
    setText(next);
    const typed = typedValue(next);
    given.current = typed;
    onChange(typed);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    take(textOf(steppedValue(value, event.key === 'ArrowUp' ? 1 : -1, limits)));
  };
  return (
    <span className="h-number">
      <TextInput
        {...(label === undefined ? {} : { label })}
        value={text}
        onChange={take}
        onKeyDown={press}
        inputMode="decimal"
        role="spinbutton"
        aria-valuenow={typeof value === 'number' ? value : undefined}
        aria-valuemin={limits.min}
        aria-valuemax={limits.max}
        disabled={disabled}
      />
      {unit === undefined ? null : <span className="h-number-unit">{unit}</span>}
    </span>
  );
}
