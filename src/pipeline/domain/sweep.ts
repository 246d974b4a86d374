import { z } from 'zod';
import { bareSchema } from './bare-schema.ts';
import { type Params, paramsSchema } from './params.ts';

/** What candidates are ranked by. The loss is the mean cross-entropy alone: no penalty, no class weights, no smoothing. */
export const sweepObjectives = ['validation_balanced_accuracy', 'validation_loss'] as const;
export type SweepObjective = (typeof sweepObjectives)[number];

/** More than this is hardly a plan any more. */
export const mostCandidates = 500;
const mostValues = 100;

/** Groups of params.yaml whose keys may be searched: what happens between one split and one set of held-out answers. */
const searched = ['seed', 'image', 'backbone', 'head', 'training', 'fine_tuning', 'augmentation'] as const;
const fixed = ['scans', 'split', 'answering', 'validation', 'evaluation'] as const;
/** Says where weights lie: a folder of this machine, and nothing that is tuned. */
const neverSearched: ReadonlySet<string> = new Set(['backbone.weights']);

export const rangeScales = ['linear', 'log'] as const;

/** Whether a dotted key of params.yaml may be searched. */
export function isSearched(key: string): boolean {
  return !neverSearched.has(key) && searched.some((group) => key === group || key.startsWith(`${group}.`));
}

/** Numbers between two limits, for random search. */
const plainRange = z.strictObject({ low: z.number(), high: z.number(), scale: z.enum(rangeScales).default('linear') });
const plainValues = z.array(z.unknown()).min(1).max(mostValues);

/** Not z.custom: the contract of the page is also written as JSON schema. */
const notSearched = z
  .unknown()
  .optional()
  .refine((value) => value === undefined, 'cannot be searched: candidates are compared on one split by one measure');

/** The values that one key of params.yaml takes in a sweep. */
export type Dimension =
  | { readonly key: string; readonly values: readonly unknown[] }
  | {
      readonly key: string;
      readonly low: number;
      readonly high: number;
      readonly scale: (typeof rangeScales)[number];
      readonly integer: boolean;
    };

/** sweep.yaml: which keys of params.yaml are searched, and how. Shaped as params.yaml, a list or a range for each key. */
export const sweepSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(150)
      .default('sweep')
      .describe('Name of the sweep and, with a number, of its runs.'),
    search: z
      .strictObject({
        ...Object.fromEntries(searched.map((key) => [key, searchOf(paramsSchema.shape[key], key)])),
        ...Object.fromEntries(fixed.map((key) => [key, notSearched])),
      })
      .describe('Keys as in params.yaml; each takes a list of values, or `{ low, high, scale }` for random search.'),
    random: z
      .strictObject({
        candidates: z.int().min(1).max(mostCandidates).describe('How many combinations are drawn.'),
        seed: z.int().min(1).default(7).describe('Seed of the draws.'),
      })
      .optional()
      .describe('Random search; left out: every combination of the values.'),
    objective: z
      .enum(sweepObjectives)
      .default('validation_balanced_accuracy')
      .describe('What candidates are ranked by: on the validation groups, or on all groups out of fold.'),
    halving: z
      .strictObject({
        eta: z
          .int()
          .min(1)
          .max(10)
          .default(3)
          .describe('Of each rung the best 1/eta go on, for eta times as many epochs; 1 stops nobody.'),
        least_epochs: z.int().min(1).max(10_000).default(1).describe('Epochs that every candidate gets at least.'),
      })
      .prefault({})
      .describe('Successive halving: candidates that trail are stopped early.'),
  })
  .superRefine((definition, context) => {
    if (context.issues.length > 0) return;
    const dimensions = dimensionsOf(definition.search);
    if (dimensions.length === 0)
      context.addIssue({ code: 'custom', path: ['search'], message: 'names no key to search' });
    for (const dimension of dimensions) {
      if (definition.random === undefined && !('values' in dimension)) {
        const path = ['search', ...dimension.key.split('.')];
        context.addIssue({
          code: 'custom',
          path,
          message: 'expected a list of values: a range needs `random: { candidates: … }`',
        });
      }
    }
  });
export type SweepDefinition = z.output<typeof sweepSchema>;

/** The keys that are searched, in the order of params.yaml. @param search as the schema lets it through */
export function dimensionsOf(search: unknown, schema: z.core.$ZodType = paramsSchema, above = ''): Dimension[] {
  if (typeof search !== 'object' || search === null) return [];
  const bare = bareSchema(schema);
  if (!(bare instanceof z.ZodObject)) return [dimensionOf(search, bare, above)];
  return Object.entries(bare.shape).flatMap(([key, inner]) => {
    const value: unknown = Reflect.get(search, key);
    return value === undefined ? [] : dimensionsOf(value, inner, above === '' ? key : `${above}.${key}`);
  });
}

function dimensionOf(value: unknown, bare: z.core.$ZodType, key: string): Dimension {
  if (Array.isArray(value)) return { key, values: plainValues.parse(value) };
  return { key, ...plainRange.parse(value), integer: bare instanceof z.ZodNumber && bare.isInt };
}

/** The parameters with other values for some dotted keys. @throws ZodError when they are none of params.yaml's */
export function withChanges(params: Params, changes: Readonly<Record<string, unknown>>): Params {
  let changed: unknown = params;
  for (const [key, value] of Object.entries(changes)) changed = withValueAt(changed, key.split('.'), value);
  return paramsSchema.parse(changed);
}

/** The same tree of keys, each leaf a list of what params.yaml takes there, or a range of it. */
function searchOf(schema: z.core.$ZodType, key: string): z.ZodType {
  if (neverSearched.has(key)) return notSearched;
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodObject) {
    const inner = Object.entries(bare.shape).map(([name, each]) => [name, searchOf(each, `${key}.${name}`)] as const);
    return z.strictObject(Object.fromEntries(inner)).optional();
  }
  const values = z.array(bare).min(1).max(mostValues);
  return bare instanceof z.ZodNumber ? z.union([values, rangeOf(bare)]).optional() : values.optional();
}

function rangeOf(bare: z.ZodNumber) {
  return z
    .strictObject({ low: bare, high: bare, scale: z.enum(rangeScales).default('linear') })
    .refine(({ low, high }) => low < high, { path: ['high'], message: 'expected more than low' })
    .refine(({ low, scale }) => scale === 'linear' || low > 0, {
      path: ['low'],
      message: 'expected more than 0 on a log scale',
    });
}

function withValueAt(from: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const group = typeof from === 'object' && from !== null ? Object.entries(from) : [];
  const inner = group.find(([name]) => name === key)?.[1];
  return Object.fromEntries([...group.filter(([name]) => name !== key), [key, withValueAt(inner, rest, value)]]);
}
