import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { isHidden } from './applies.ts';
import type { Backbones } from './controls/control.ts';
import type { Checked } from './faults.ts';
import type { Field } from './fields.ts';
import { type FieldGroup, groups } from './groups.ts';
import { ParamField } from './param-field.tsx';
import { defaultValues, differing, type Values } from './values.ts';

interface ParamFormProps {
  readonly values: Values;
  readonly faults: Checked['faults'];
  readonly backbones: Backbones;
  onValues(values: Values): void;
}

/** Every parameter of params.yaml, in groups; what is rarely changed is folded. */
export function ParamForm(props: ParamFormProps) {
  return (
    <div className="h-train-form">
      {groups.map((group) => (
        <GroupPanel key={group.title} group={group} {...props} />
      ))}
    </div>
  );
}

function GroupPanel({ group: whole, ...form }: ParamFormProps & { readonly group: FieldGroup }) {
  // A field with a fault is told of, whoever uses it.
  const isShown = ({ path }: Field): boolean => !isHidden(path, form.values) || form.faults[path] !== undefined;
  const group = { ...whole, usual: whole.usual.filter(isShown), unusual: whole.unusual.filter(isShown) };
  if (group.usual.length + group.unusual.length === 0) return null;
  return <ShownGroup group={group} {...form} />;
}

function ShownGroup({ group, ...form }: ParamFormProps & { readonly group: FieldGroup }) {
  const changed = new Set(differing(form.values, defaultValues).map(({ path }) => path));
  const count = [...group.usual, ...group.unusual].filter(({ path }) => changed.has(path)).length;
  return (
    <Panel title={group.title} subtitle={count === 0 ? undefined : `${plural(count, 'value')} changed`}>
      <FieldGrid fields={group.usual} {...form} />
      {group.unusual.length === 0 ? null : (
        <Folded fields={group.unusual} changed={group.unusual.some(({ path }) => changed.has(path))} {...form} />
      )}
    </Panel>
  );
}

interface FieldsProps extends ParamFormProps {
  readonly fields: readonly Field[];
}

function FieldGrid({ fields, values, faults, backbones, onValues }: FieldsProps) {
  return (
    <div className="h-train-grid">
      {fields.map((field) => (
        <ParamField key={field.path} {...{ field, values, backbones, onValues }} fault={faults[field.path]} />
      ))}
    </div>
  );
}

/** Open from the start where something in it is not as usual, and always where something is wrong. */
function Folded({ changed, ...props }: FieldsProps & { readonly changed: boolean }) {
  const [open, setOpen] = useState(changed);
  const isWrong = props.fields.some(({ path }) => props.faults[path] !== undefined);
  const isOpen = open || isWrong;
  return (
    <div className="h-train-folded">
      <button type="button" className="h-train-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={14} aria-hidden="true" />
        {isOpen ? 'Rarely changed' : `${plural(props.fields.length, 'more value')}, rarely changed`}
      </button>
      {isOpen ? <FieldGrid {...props} /> : null}
    </div>
  );
}
