import type { z } from 'zod';
import { type Params, paramsSchema } from '../../../../pipeline/domain/params.ts';
import { type Field, fields, numberFault } from './fields.ts';
import type { ShapeOf } from './shapes.ts';
import { nested, type Values } from './values.ts';

export interface Checked {
  /** undefined while something is wrong. */
  readonly params: Params | undefined;
  /** What is wrong, by path of the field that it stands beside. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Backbones as the core knows them. */
export interface BackboneLevels {
  readonly name: string;
  readonly title: string;
  readonly features: readonly string[];
  /** Its weights are there. */
  readonly ready: boolean;
}

/** The form as the core would check it, and whether the backbone has its weights and these feature levels. */
export function check(values: Values, backbones: readonly BackboneLevels[] = []): Checked {
  const parsed = paramsSchema.safeParse(nested(values));
  const faults: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOfIssue(issue);
    // Of several things that are wrong with a field the first is told.
    if (field !== undefined) faults[field.path] ??= sentenceOf(issue, field, values[field.path]);
  }
  if (parsed.success) {
    Object.assign(faults, backboneFaults(parsed.data, backbones));
  }
  return { params: Object.keys(faults).length === 0 ? parsed.data : undefined, faults };
}

type Issue = z.core.$ZodIssue;

/** The field with the longest path that the issue lies in. */
function fieldOfIssue({ path }: Issue): Field | undefined {
  const place = path.map(String);
  for (let length = place.length; length > 0; length--) {
    const wanted = place.slice(0, length).join('.');
    const field = fields.find((each) => each.path === wanted);
    if (field !== undefined) return field;
  }
  return undefined;
}

function sentenceOf(issue: Issue, { shape }: Field, value: unknown): string {
  switch (shape.kind) {
    case 'number':
      if (value === '' || value === undefined) return 'A number is needed.';
      return typeof value === 'number' ? numberFault(shape) : 'This is not a number.';
    case 'choice':
      return `One of ${shape.options.join(', ')}.`;
    case 'names':
      return shape.least === 1 ? 'Choose at least one.' : `Choose at least ${shape.least}.`;
    case 'some':
      return `Choose ${shape.word}, or at least one of ${shape.options.join(', ')}.`;
    case 'records':
      return recordFault(shape, value);
    default:
      return issue.message;
  }
}

/** `Window 2, width: a number above 0 is needed.` */
function recordFault({ keys }: ShapeOf<'records'>, value: unknown): string {
  for (const [at, record] of (Array.isArray(value) ? value : []).entries()) {
    const parts = new Map<string, unknown>(Object.entries(record ?? {}));
    for (const { key, above } of keys) {
      const number = parts.get(key);
      if (typeof number === 'number' && (above === undefined || number > above)) continue;
      return `Window ${at + 1}, ${key}: a number${above === undefined ? '' : ` above ${above}`} is needed.`;
    }
  }
  return 'Each needs its numbers.';
}

/** What only the core's list of backbones can tell. */
function backboneFaults({ backbone }: Params, backbones: readonly BackboneLevels[]): Record<string, string> {
  const known = backbones.find(({ name }) => name === backbone.name);
  if (known === undefined) return {};
  const unknown = backbone.features.filter((level) => !known.features.includes(level));
  const needsWeights = !known.ready && backbone.weights === undefined;
  return {
    ...(unknown.length === 0
      ? {}
      : { 'backbone.features': `${known.title} has no ${unknown.join(', ')}: choose among its own levels.` }),
    ...(needsWeights ? { 'backbone.weights': `${known.title} is not shipped: name a folder with its weights.` } : {}),
  };
}
