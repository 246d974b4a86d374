import type { Params } from '../../../../pipeline/domain/params.ts';
import { type Field, fields } from './fields.ts';

/** What stands in the form, by path of the field. A number that is not one yet is kept as it was typed. */
export type Values = Readonly<Record<string, unknown>>;

/** The defaults of the schema. */
export const defaultValues: Values = Object.fromEntries(fields.map((field) => [field.path, field.default]));

export function valuesOf(params: Params): Values {
  return Object.fromEntries(fields.map(({ path }) => [path, valueIn(params, path.split('.'))]));
}

/** The form's values in the shape of params.yaml, good or not. What is undefined is left out. */
export function nested(values: Values): Record<string, unknown> {
  const root = new Map<string, unknown>();
  for (const { path } of fields) {
    const value = values[path];
    if (value !== undefined) put(root, path.split('.'), value);
  }
  return plain(root);
}

/** Fields whose values differ, in the order of the schema. */
export function differing(a: Values, b: Values): Field[] {
  return fields.filter(({ path }) => !isSame(a[path], b[path]));
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function valueIn(from: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return from;
  return typeof from === 'object' && from !== null ? valueIn(new Map(Object.entries(from)).get(key), rest) : undefined;
}

function put(into: Map<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into.set(key, value);
    return;
  }
  const inner = into.get(key);
  const next = inner instanceof Map ? inner : new Map<string, unknown>();
  into.set(key, next);
  put(next, rest, value);
}

function plain(map: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([...map].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]));
}
