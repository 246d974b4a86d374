import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classes } from '../class-names.ts';
import './choice.css';

interface CheckboxProps {
  /** `mixed`: some of several. */
  readonly checked: boolean | 'mixed';
  onChange(checked: boolean): void;
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
}

export function Checkbox({ checked, onChange, label, hideLabel = false, help, disabled, tabIndex }: CheckboxProps) {
  const helpId = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = checked === 'mixed';
  }, [checked]);
  return (
    <div className="h-choice">
      <label className={classes('h-choice-label', disabled && 'h-choice-off')}>
        <input
          ref={box}
          className="h-checkbox"
          type="checkbox"
          checked={checked === true}
          disabled={disabled}
          tabIndex={tabIndex}
          aria-describedby={help === undefined ? undefined : helpId}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className={hideLabel ? 'h-sr' : undefined}>{label}</span>
      </label>
      {help === undefined ? null : (
        <div className="h-choice-help" id={helpId}>
          {help}
        </div>
      )}
    </div>
  );
}
