import { RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classes } from '../../../components/class-names.ts';
import { IconButton } from '../../../components/controls/button.tsx';
import { Field as Framed } from '../../../components/controls/field.tsx';
import { idleReason } from './applies.ts';
import type { Backbones } from './controls/control.ts';
import { controlOf } from './controls/index.ts';
import { type Field, limitsText } from './fields.ts';
import { helpFor } from './option-help.ts';
import { valueWords } from './value-words.ts';
import { isSame, type Values } from './values.ts';
import { labelOf } from './wording.ts';

export interface FieldProps {
  readonly field: Field;
  readonly values: Values;
  readonly backbones: Backbones;
  readonly fault: string | undefined;
  onValues(values: Values): void;
}

/** A parameter: label, control, what it means, what is wrong with it, and the way back to its default. */
export function ParamField({ field, values, backbones, fault, onValues }: FieldProps) {
  const { path } = field;
  const idle = idleReason(path, values);
  const { Part, many } = controlOf(field);
  const isChanged = !isSame(values[path], field.default);
  const change = (value: unknown): void => onValues({ ...values, [path]: value });
  const Frame = many ? GroupFrame : Framed;
  const help = idle ?? helpText(field, values[path]);
  return (
    <div className={classes('h-train-field', many && 'h-train-wide', isChanged && 'h-train-changed')} data-path={path}>
      <Frame label={labelOf(path)} help={help} error={fault}>
        <Part
          {...{ field, values, backbones, onValues }}
          disabled={idle !== undefined && fault === undefined}
          onChange={change}
        />
      </Frame>
      {isChanged ? (
        <div className="h-train-default">
          <span className="h-cut">default: {valueWords(field, field.default)}</span>
          <IconButton
            label={`Reset ${labelOf(path)} to ${valueWords(field, field.default)}`}
            icon={RotateCcw}
            onClick={() => change(field.default)}
          />
        </div>
      ) : null}
    </div>
  );
}

function helpText({ help, shape }: Field, value: unknown): string {
  const text = shape.kind === 'choice' ? helpFor(help, shape.options, value) : help;
  return [text, limitsText(shape)].filter((part) => part !== '').join(' ');
}

interface GroupFrameProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** As Field, for several controls under one label. */
function GroupFrame({ label, help, error, children }: GroupFrameProps) {
  const id = useId();
  return (
    <fieldset className="h-field" aria-labelledby={`${id}label`} aria-describedby={`${id}help`}>
      <span className="h-field-label" id={`${id}label`}>
        {label}
      </span>
      {children}
      <div className="h-field-help" id={`${id}help`}>
        {help}
        {error === undefined ? null : <div className="h-field-error">{error}</div>}
      </div>
    </fieldset>
  );
}
