import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useControl } from './field-context.ts';
import { type NumberLimits, readNumber, stepped } from './number-text.ts';
import './field.css';

interface NumberInputProps extends NumberLimits {
  readonly value: number | null;
  /** Called with good values only; null where `allowEmpty`. */
  onChange(value: number | null): void;
  /** Of the arrow keys. */
  readonly step?: number;
  readonly unit?: string;
  readonly label?: string;
  readonly disabled?: boolean;
  /** Told when what stands in the box becomes bad or good again. */
  onValidity?(problem: string | null): void;
}

/** A number as text: what is typed stays while it is not good yet, and the reason stands beside it. */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, step = 1, unit, label, disabled, onValidity, ...limits } = props;
  const [text, setText] = useState(textOf(value));
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const control = useControl(label, problem === null ? undefined : problemId);
  const given = useRef(value);

  useEffect(() => {
    if (Object.is(given.current, value)) return;
    given.current = value;
    setText(textOf(value));
    setProblem(null);
  }, [value]);

  const take = (next: string): void => {
    setText(next);
    const reading = readNumber(next, limits);
    const found = 'problem' in reading ? reading.problem : null;
    if (found !== problem) onValidity?.(found);
    setProblem(found);
    if ('problem' in reading || Object.is(reading.value, given.current)) return;
    given.current = reading.value;
    onChange(reading.value);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    take(textOf(stepped(value ?? limits.min ?? 0, step, event.key === 'ArrowUp' ? 1 : -1, limits)));
  };
  return (
    <span className="h-number">
      <input
        {...control}
        className="h-input"
        inputMode="decimal"
        autoComplete="off"
        role="spinbutton"
        aria-valuenow={value ?? undefined}
        aria-valuemin={limits.min}
        aria-valuemax={limits.max}
        aria-invalid={problem === null ? control['aria-invalid'] : true}
        disabled={disabled}
        value={text}
        onChange={(event) => take(event.target.value)}
        onKeyDown={press}
      />
      {unit === undefined ? null : <span className="h-number-unit">{unit}</span>}
      <span id={problemId} className="h-field-error" hidden={problem === null}>
        {problem}
      </span>
    </span>
  );
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
