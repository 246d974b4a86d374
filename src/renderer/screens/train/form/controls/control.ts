import type { Output } from '../../../../api.ts';
import type { Field } from '../fields.ts';
import type { Values } from '../values.ts';

export type Backbones = Output<'params/get'>['backbones'];

/** What every control of the form is given. */
export interface ControlProps {
  readonly field: Field;
  readonly values: Values;
  readonly backbones: Backbones;
  /** The field changes nothing now. */
  readonly disabled: boolean;
  onChange(value: unknown): void;
  /** Where a choice changes other fields too. */
  onValues(values: Values): void;
}
