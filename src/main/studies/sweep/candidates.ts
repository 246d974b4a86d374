import { canonicalJson } from '../../../pipeline/disk/hash.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import { type Random, randomFrom } from '../../../pipeline/domain/random.ts';
import {
  type Dimension,
  dimensionsOf,
  mostCandidates,
  type SweepDefinition,
  withChanges,
} from '../../../pipeline/domain/sweep.ts';

/** One combination of values. */
export interface Candidate {
  /** Dotted key of params.yaml → value. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly params: Params;
}

/** Draws that only repeat earlier ones before a small search space counts as exhausted. */
const mostRepeats = 200;
/** Digits that count of a drawn number: params.yaml is read by people. */
const drawnDigits = 3;

/**
 * The combinations of a sweep, each once, in an order that definition and parameters alone decide.
 * @throws HilumError `sweep/too-many`
 */
export function candidatesOf(params: Params, { search, random }: SweepDefinition): Candidate[] {
  const dimensions = dimensionsOf(search);
  const combinations = random === undefined ? everyCombination(dimensions) : drawn(dimensions, random);
  return combinations.map((changes) => ({ changes, params: withChanges(params, changes) }));
}

type Changes = Record<string, unknown>;

function everyCombination(dimensions: readonly Dimension[]): Changes[] {
  const count = dimensions.reduce((product, each) => product * valuesOf(each).length, 1);
  if (count > mostCandidates) throw new HilumError('sweep/too-many', { candidates: count, limit: mostCandidates });
  let combinations: Changes[] = [{}];
  for (const { key, ...dimension } of dimensions) {
    const values = valuesOf({ key, ...dimension });
    combinations = combinations.flatMap((changes) => values.map((value) => ({ ...changes, [key]: value })));
  }
  return distinct(combinations);
}

function valuesOf(dimension: Dimension): readonly unknown[] {
  return 'values' in dimension ? dimension.values : [];
}

/** Values that a draw may take, each as likely as any other (ranges: on their scale); Bergstra and Bengio 2012. */
function drawn(
  dimensions: readonly Dimension[],
  { candidates, seed }: { candidates: number; seed: number },
): Changes[] {
  const random = randomFrom('sweep', seed);
  const found = new Map<string, Changes>();
  for (let repeats = 0; found.size < candidates && repeats < mostRepeats; ) {
    const changes = Object.fromEntries(dimensions.map((each) => [each.key, draw(each, random)]));
    const text = canonicalJson(changes);
    if (found.has(text)) repeats += 1;
    else repeats = 0;
    found.set(text, changes);
  }
  return [...found.values()];
}

function draw(dimension: Dimension, random: Random): unknown {
  if ('values' in dimension) return dimension.values[random.below(dimension.values.length)];
  const { low, high, scale, integer } = dimension;
  if (integer && scale === 'linear') return low + random.below(high - low + 1);
  const at = random.next();
  const value = scale === 'log' ? low * (high / low) ** at : low + at * (high - low);
  const rounded = integer ? Math.round(value) : Number(value.toPrecision(drawnDigits));
  return Math.min(high, Math.max(low, rounded));
}

function distinct(combinations: readonly Changes[]): Changes[] {
  return [...new Map(combinations.map((changes) => [canonicalJson(changes), changes])).values()];
}
