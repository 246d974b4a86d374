import type { ComponentType } from 'react';
import type { Field } from '../fields.ts';
import type { ShapeKind } from '../shapes.ts';
import { BackboneControl } from './backbone-control.tsx';
import { ChoiceControl } from './choice-control.tsx';
import type { ControlProps } from './control.ts';
import { LevelsControl } from './levels-control.tsx';
import { NumberControl } from './number-control.tsx';
import { PresetControl } from './preset-control.tsx';
import { SomeControl } from './some-control.tsx';
import { SwitchControl } from './switch-control.tsx';
import { TextControl } from './text-control.tsx';
import { WindowsControl } from './windows-control.tsx';

export interface Control {
  readonly Part: ComponentType<ControlProps>;
  /** Made of several controls: they are named as a group. */
  readonly many: boolean;
}

const byKind: Readonly<Record<ShapeKind, Control>> = {
  number: { Part: NumberControl, many: false },
  choice: { Part: ChoiceControl, many: false },
  text: { Part: TextControl, many: false },
  switch: { Part: SwitchControl, many: true },
  some: { Part: SomeControl, many: false },
  names: { Part: LevelsControl, many: true },
  records: { Part: WindowsControl, many: true },
};

/** Where the schema says less than the core knows. */
const byPath: Readonly<Record<string, Control>> = {
  'backbone.name': { Part: BackboneControl, many: false },
  'training.preset': { Part: PresetControl, many: true },
};

export function controlOf({ path, shape }: Field): Control {
  return byPath[path] ?? byKind[shape.kind];
}
