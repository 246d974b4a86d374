import type { Field } from '../form/fields.ts';
import { defaultValues, differing, type Values } from '../form/values.ts';
import { shortName } from '../form/wording.ts';

/** Longest name that the core takes. */
export const longestName = 200;
const mostDifferences = 3;

/** The newest run, as far as names are concerned. */
export interface LastRun {
  readonly name: string;
  /** undefined: parameters of an older version that this form cannot read. */
  readonly values: Values | undefined;
}

/** What a run is about, in a few words: how it differs from the last one, or from the defaults. */
export function proposedName(values: Values, last: LastRun | undefined): string {
  const before = last?.values;
  const changed = differing(values, before ?? defaultValues);
  if (changed.length === 0) return last === undefined ? 'defaults' : cut(`repeat of ${last.name}`);
  const told = changed.slice(0, mostDifferences).map((field) => valueName(field, values[field.path]));
  const more = changed.length - told.length;
  return cut([...told, ...(more > 0 ? [`${more} more`] : [])].join(', '));
}

/** `dropout 0.4`, `k-fold`, `features block3+top`, `window 400/40`. */
export function valueName({ path }: Pick<Field, 'path'>, value: unknown): string {
  return [shortName(path), valueText(value)].filter((part) => part !== '').join(' ');
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return value.map(valueText).join('+');
  if (typeof value !== 'object') return String(value);
  // A window as radiologists write it: width/centre.
  const parts = new Map(Object.entries(value));
  if (parts.has('width') && parts.has('center')) return `${parts.get('width')}/${parts.get('center')}`;
  return [...parts.values()].map(valueText).join('/');
}

function cut(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
