import { type ReactNode, useId } from 'react';
import { classes } from '../class-names.ts';
import './choice.css';

interface SwitchProps {
  readonly checked: boolean;
  onChange(checked: boolean): void;
  readonly label: string;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, help, disabled }: SwitchProps) {
  const helpId = useId();
  return (
    <div className="h-choice">
      <label className={classes('h-choice-label', disabled && 'h-choice-off')}>
        <input
          className="h-switch"
          type="checkbox"
          role="switch"
          checked={checked}
          aria-checked={checked}
          disabled={disabled}
          aria-describedby={help === undefined ? undefined : helpId}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{label}</span>
      </label>
      {help === undefined ? null : (
        <div className="h-choice-help h-choice-help-switch" id={helpId}>
          {help}
        </div>
      )}
    </div>
  );
}
