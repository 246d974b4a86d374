import { type ReactNode, useId, useMemo } from 'react';
import { classes } from '../class-names.ts';
import { type FieldContext, fieldContext } from './field-context.ts';
import './field.css';

interface FieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly help?: ReactNode;
  readonly error?: string | null | undefined;
  /** Label and control in one line. */
  readonly inline?: boolean;
  /** One control of this folder. */
  readonly children: ReactNode;
}

/** A label, a control, what it means and what is wrong with it. */
export function Field({ label, hideLabel = false, help, error, inline = false, children }: FieldProps) {
  const id = useId();
  const hasHelp = help !== undefined && help !== null;
  const hasError = error !== undefined && error !== null && error !== '';
  const context = useMemo<FieldContext>(() => {
    const describedBy = [hasHelp && `${id}help`, hasError && `${id}error`].filter(Boolean).join(' ');
    return { controlId: `${id}control`, describedBy: describedBy === '' ? undefined : describedBy, invalid: hasError };
  }, [id, hasHelp, hasError]);
  return (
    <div className={classes('h-field', inline && 'h-field-inline')}>
      <label className={hideLabel ? 'h-sr' : 'h-field-label'} htmlFor={context.controlId}>
        {label}
      </label>
      <fieldContext.Provider value={context}>{children}</fieldContext.Provider>
      {hasHelp ? (
        <div className="h-field-help" id={`${id}help`}>
          {help}
        </div>
      ) : null}
      {hasError ? (
        <div className="h-field-error" id={`${id}error`}>
          {error}
        </div>
      ) : null}
    </div>
  );
}
