import type { Params } from '../../../../pipeline/domain/params.ts';
import { check } from '../form/faults.ts';
import { type Field, fields } from '../form/fields.ts';
import { isSame, type Values } from '../form/values.ts';
import { optionLabel } from '../form/wording.ts';
import { valueName } from './run-name.ts';

export const mostVariants = 20;

export interface Variant {
  readonly name: string;
  readonly params: Params;
}

export interface Variants {
  readonly runs: readonly Variant[];
  /** One sentence for each value that cannot be used. */
  readonly problems: readonly string[];
}

/** Fields whose values can be written one beside another. */
export const variedFields: readonly Field[] = fields.filter(
  ({ shape, path }) => (shape.kind === 'number' || shape.kind === 'choice') && path !== 'split.strategy',
);

/** The form once for each of the values, which stand between commas. Each run is named after its value. */
export function variantsOf(values: Values, field: Field, text: string): Variants {
  const words = [...new Set(text.split(/[,;\n]/).map((word) => word.trim()))].filter((word) => word !== '');
  const runs: Variant[] = [];
  const problems: string[] = [];
  const taken: unknown[] = [];
  for (const word of words) {
    const value = readValue(field, word);
    if (taken.some((each) => isSame(each, value))) continue;
    taken.push(value);
    const { params, faults } = check({ ...values, [field.path]: value });
    if (params !== undefined) runs.push({ name: valueName(field, value), params });
    else problems.push(`${word}: ${faults[field.path] ?? 'another field of the form is not right yet.'}`);
  }
  if (runs.length > mostVariants) problems.push(`${runs.length} runs: at most ${mostVariants} can be queued at once.`);
  return { runs, problems };
}

function readValue({ path, shape }: Field, word: string): unknown {
  if (shape.kind === 'choice') {
    const wanted = word.toLowerCase();
    const isMeant = (option: string): boolean =>
      option.toLowerCase() === wanted || optionLabel(path, option).toLowerCase() === wanted;
    return shape.options.find(isMeant) ?? word;
  }
  const number = Number(word);
  return Number.isFinite(number) ? number : word;
}
