import { isSearched, type SweepDefinition, sweepSchema } from '../../../../pipeline/domain/sweep.ts';
import { type Field, fieldAt, fields, numberFault } from '../form/fields.ts';
import { typedValue } from '../form/typed-number.ts';
import { optionLabel } from '../form/wording.ts';

export type ValueKind = 'values' | 'linear' | 'log';

/** One key that is searched, as it is being written. */
export interface DraftRow {
  readonly id: number;
  readonly path: string;
  readonly kind: ValueKind;
  readonly text: string;
}

/** A sweep as the dialog holds it. */
export interface SweepDraft {
  readonly name: string;
  readonly rows: readonly DraftRow[];
  readonly method: 'grid' | 'random';
  readonly candidates: number;
  readonly seed: number;
  readonly objective: SweepDefinition['objective'];
  readonly eta: number;
  readonly leastEpochs: number;
}

export const newDraft: SweepDraft = {
  name: 'sweep',
  rows: [{ id: 1, path: 'training.learning_rate', kind: 'values', text: '' }],
  method: 'grid',
  candidates: 12,
  seed: 7,
  objective: 'validation_balanced_accuracy',
  eta: 3,
  leastEpochs: 1,
};

const written: ReadonlySet<Field['shape']['kind']> = new Set(['number', 'choice', 'names', 'switch']);

/** Fields whose values can be written one beside another. */
export const searchedFields: readonly Field[] = fields.filter(
  ({ path, shape }) => isSearched(path) && written.has(shape.kind),
);

export interface ReadDraft {
  /** undefined while something is wrong, or missing. */
  readonly definition: SweepDefinition | undefined;
  /** What is wrong with a row, by its id. */
  readonly problems: ReadonlyMap<number, string>;
}

/** The definition that the rows make, checked as sweep.yaml is. */
export function readDraft(draft: SweepDraft): ReadDraft {
  const problems = new Map<number, string>();
  const search = new Map<string, unknown>();
  for (const row of draft.rows) {
    if (row.text.trim() === '') continue;
    const read = readRow(row, draft.method);
    if ('problem' in read) problems.set(row.id, read.problem);
    else if (search.has(row.path)) problems.set(row.id, 'This parameter is searched in another line already.');
    else search.set(row.path, read.value);
  }
  const { name, method, candidates, seed, objective, eta, leastEpochs } = draft;
  const parsed = sweepSchema.safeParse({
    name,
    search: nest(search),
    ...(method === 'random' ? { random: { candidates, seed } } : {}),
    objective,
    halving: { eta, least_epochs: leastEpochs },
  });
  return { definition: problems.size === 0 ? parsed.data : undefined, problems };
}

type Read = { readonly value: unknown } | { readonly problem: string };

function readRow(row: DraftRow, method: SweepDraft['method']): Read {
  const field = fieldAt(row.path);
  if (field === undefined) return { problem: 'This parameter is not known.' };
  return row.kind === 'values' || method === 'grid' ? readValues(field, row.text) : readRange(field, row);
}

function readValues(field: Field, text: string): Read {
  const separator = field.shape.kind === 'names' ? /[;\n]/ : /[,;\n]/;
  const words = text.split(separator).map((word) => word.trim());
  const values: unknown[] = [];
  for (const word of words.filter((each) => each !== '')) {
    const value = typedAs(field, word);
    if (!fits(field.path, [value])) return { problem: `${word}: ${wanted(field, value)}` };
    values.push(value);
  }
  return { value: values };
}

function readRange(field: Field, { text, kind }: DraftRow): Read {
  const [low, high, ...more] = text.split(/\s*(?:\.\.|\bto\b|–)\s*/).map(typedValue);
  if (typeof low !== 'number' || typeof high !== 'number' || more.length > 0) {
    return { problem: 'Write the lowest and the highest value: 0.0001 to 0.1' };
  }
  if (low >= high) return { problem: 'The second value has to be the larger one.' };
  if (kind === 'log' && low <= 0) return { problem: 'On a log scale the lowest value has to be above 0.' };
  const value = { low, high, scale: kind };
  return fits(field.path, value) ? { value } : { problem: wanted(field, low) };
}

function fits(path: string, value: unknown): boolean {
  return sweepSchema.safeParse({ search: nest(new Map([[path, value]])), random: { candidates: 1 } }).success;
}

const switchWords: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['true', true],
  ['off', false],
  ['no', false],
  ['false', false],
]);

function typedAs({ path, shape }: Field, word: string): unknown {
  if (shape.kind === 'names') return word.split(/[,+\s]+/).filter((name) => name !== '');
  if (shape.kind === 'switch') return switchWords.get(word.toLowerCase()) ?? word;
  if (shape.kind !== 'choice') return typedValue(word);
  const isMeant = (option: string): boolean =>
    [option, optionLabel(path, option)].some((each) => each.toLowerCase() === word.toLowerCase());
  return shape.options.find(isMeant) ?? word;
}

function wanted({ path, shape }: Field, value: unknown): string {
  if (shape.kind === 'choice') return `One of ${shape.options.map((each) => optionLabel(path, each)).join(', ')}.`;
  if (shape.kind === 'switch') return 'Write on or off.';
  if (shape.kind === 'number') return typeof value === 'number' ? numberFault(shape) : 'This is not a number.';
  return 'This value cannot be used.';
}

/** Dotted keys as the tree of params.yaml. */
function nest(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const groups = Map.groupBy(values, ([path]) => path.split('.')[0] ?? path);
  return Object.fromEntries(
    [...groups].map(([key, own]) => {
      const leaf = own.find(([path]) => path === key);
      if (leaf !== undefined) return [key, leaf[1]];
      return [key, nest(new Map(own.map(([path, value]) => [path.slice(key.length + 1), value])))];
    }),
  );
}
