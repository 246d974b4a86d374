import { z } from 'zod';
import { paramsSchema } from '../../../../pipeline/domain/params.ts';
import { type Shape, type ShapeOf, schemaIn, shapeOf } from './shapes.ts';

/** One leaf of params.yaml. */
export interface Field {
  /** `training.early_stopping.patience` */
  readonly path: string;
  readonly shape: Shape;
  /** What the schema says of it. */
  readonly help: string;
  /** undefined where the key is left out. */
  readonly default: unknown;
  /** The key may be left out. */
  readonly optional: boolean;
}

export interface Section {
  readonly key: string;
  readonly help: string;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const root: JsonSchema = z.toJSONSchema(paramsSchema, { io: 'input' });

/** Every leaf of the schema, in its order. */
export const fields: readonly Field[] = fieldsIn(root, []);

/** The keys at the top, with what they are about. */
export const sections: readonly Section[] = Object.entries(root.properties ?? {}).map(([key, property]) => ({
  key,
  help: schemaIn(property)?.description ?? '',
}));

const byPath = new Map(fields.map((field) => [field.path, field]));

export function fieldAt(path: string): Field | undefined {
  return byPath.get(path);
}

/** `training` of `training.epochs`. */
export function sectionOf({ path }: Field): string {
  return path.split('.')[0] ?? path;
}

function fieldsIn(schema: JsonSchema, above: readonly string[]): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const inner = schemaIn(property);
    if (inner === undefined) return [];
    const place = [...above, key];
    return inner.properties === undefined ? [fieldOf(inner, place.join('.'))] : fieldsIn(inner, place);
  });
}

function fieldOf(schema: JsonSchema, path: string): Field {
  const { description = '', default: usual } = schema;
  return { path, shape: shapeOf(schema, path), help: description, default: usual, optional: usual === undefined };
}

/** What may be typed, in words: `From 0 to 0.9.` Empty where the control shows all that there is. */
export function limitsText(shape: Shape): string {
  if (shape.kind === 'names') return shape.least > 0 ? `At least ${shape.least}.` : '';
  if (shape.kind !== 'number') return '';
  const text = [shape.integer ? 'whole number' : '', rangeWords(shape)].filter((part) => part !== '').join(' ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What is wrong with a number outside its limits: `Expected a whole number from 1 to 4096.` */
export function numberFault(shape: ShapeOf<'number'>): string {
  const words = [shape.integer ? 'a whole number' : 'a number', rangeWords(shape)].filter((part) => part !== '');
  return `Expected ${words.join(' ')}.`;
}

function rangeWords({ min, max, above }: ShapeOf<'number'>): string {
  if (above !== undefined) return max === undefined ? `above ${above}` : `above ${above}, at most ${max}`;
  if (min === undefined) return max === undefined ? '' : `of at most ${max}`;
  return max === undefined ? `of ${min} or more` : `from ${min} to ${max}`;
}
