import type { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What may stand in a field: read from the schema of params.yaml, so that form and file never differ. */
export type Shape =
  | {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
      /** Greater than this. */
      readonly above: number | undefined;
    }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'text' }
  /** On or off. */
  | { readonly kind: 'switch' }
  /** Names, at least so many. */
  | { readonly kind: 'names'; readonly least: number }
  /** The one word, or some of the options. */
  | { readonly kind: 'some'; readonly word: string; readonly options: readonly string[] }
  /** So many records of numbers. */
  | { readonly kind: 'records'; readonly counts: readonly number[]; readonly keys: readonly RecordKey[] };

export interface RecordKey {
  readonly key: string;
  readonly help: string;
  readonly above: number | undefined;
}
export type ShapeKind = Shape['kind'];
export type ShapeOf<K extends ShapeKind> = Extract<Shape, { kind: K }>;

/** @throws Error for a schema that the form has no control for: a new kind of parameter needs one */
export function shapeOf(schema: JsonSchema, path: string): Shape {
  const shape = schema.anyOf === undefined ? plainShape(schema) : unionShape(schema.anyOf);
  if (shape === undefined) throw new Error(`no control for ${path}`);
  return shape;
}

function plainShape(schema: JsonSchema): Shape | undefined {
  if (schema.type === 'number' || schema.type === 'integer') return numberShape(schema);
  if (schema.type === 'boolean') return { kind: 'switch' };
  if (schema.type === 'string') {
    return schema.enum === undefined ? { kind: 'text' } : { kind: 'choice', options: schema.enum.map(String) };
  }
  const item = schema.type === 'array' ? schemaIn(schema.items) : undefined;
  return item?.type === 'string' ? { kind: 'names', least: schema.minItems ?? 0 } : undefined;
}

function numberShape(schema: JsonSchema): Shape {
  const { type, minimum, maximum, exclusiveMinimum } = schema;
  return {
    kind: 'number',
    integer: type === 'integer',
    min: realLimit(minimum),
    max: realLimit(maximum),
    above: typeof exclusiveMinimum === 'number' ? exclusiveMinimum : undefined,
  };
}

/** Whole numbers without a limit have that of JavaScript's numbers in the schema. */
function realLimit(limit: number | undefined): number | undefined {
  return limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}

function unionShape(branches: readonly JsonSchema[]): Shape | undefined {
  const [first, second] = branches;
  const options = schemaIn(second?.items)?.enum;
  if (typeof first?.const === 'string' && options !== undefined) {
    return { kind: 'some', word: first.const, options: options.map(String) };
  }
  const tuples = branches.map(({ prefixItems }) => prefixItems ?? []);
  const record = schemaIn(tuples[0]?.[0]);
  if (record?.properties === undefined || tuples.some(({ length }) => length === 0)) return undefined;
  return { kind: 'records', counts: tuples.map(({ length }) => length), keys: recordKeys(record.properties) };
}

function recordKeys(properties: Readonly<Record<string, JsonSchema | boolean>>): RecordKey[] {
  return Object.entries(properties).map(([key, property]) => {
    const schema = schemaIn(property);
    const above = schema?.exclusiveMinimum;
    return { key, help: schema?.description ?? '', above: typeof above === 'number' ? above : undefined };
  });
}

/** `items` and properties may also be `true` or a list. */
export function schemaIn(schema: JsonSchema['items']): JsonSchema | undefined {
  return typeof schema === 'object' && !Array.isArray(schema) ? schema : undefined;
}
