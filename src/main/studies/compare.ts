import { canonicalJson } from '../../pipeline/disk/hash.ts';
import type { Estimate } from '../../pipeline/domain/metrics.ts';
import { factsOf } from './facts.ts';
import {
  byMerit,
  type Direction,
  directionOf,
  type EpochFigure,
  epochFigures,
  isEpochFigure,
  overallFirst,
} from './figures.ts';
import type { RunRecord } from './run-record.ts';

/** One thing that runs are made of, with its value in each run. */
export interface FactRow {
  readonly key: string;
  readonly values: readonly unknown[];
}

/** One figure with its value in each run; null where a run has none. */
export interface FigureRow {
  readonly name: string;
  readonly better: Direction;
  readonly values: readonly (Estimate | null)[];
}

/** dvc.lock changes with each stage that runs: it tells when a run was made, not what it was made of. */
const whenItRan = 'environment.dvc_lock';

/** What the runs were made of, a row a value; keys in the order of the first run that has them. */
export function factRows(records: readonly RunRecord[]): FactRow[] {
  const facts = records.map(({ run }) => factsOf(run));
  const keys = new Set(facts.flatMap((each) => [...each.keys()]).filter((key) => key !== whenItRan));
  return [...keys].map((key) => ({ key, values: facts.map((each) => each.get(key) ?? null) }));
}

/** Index of the best value, the first where several share it; null where all are equal or neither way is better. */
export function bestIndex({ values, better }: FigureRow): number | null {
  const numbers = values.map((each) => each?.value ?? null);
  if (better === null || new Set(numbers.filter((each) => each !== null)).size < 2) return null;
  const [best = null] = [...numbers].sort((a, b) => byMerit(a, b, better));
  return best === null ? null : numbers.indexOf(best);
}

export function isDifferent({ values }: FactRow): boolean {
  return new Set(values.map((value) => canonicalJson(value))).size > 1;
}

/** Figures of the evaluation by name, then the best epoch of each curve. */
export function figureRows(records: readonly RunRecord[]): FigureRow[] {
  const names = new Set(records.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  const measured = [...names].sort(overallFirst).map((name) => ({
    name,
    better: directionOf(name),
    values: records.map(({ metrics }) => {
      const found = metrics.find((each) => each.name === name);
      return found === undefined ? null : { value: found.value, low: found.low, high: found.high };
    }),
  }));
  const curves = Object.keys(epochFigures)
    .filter(isEpochFigure)
    .filter((name) => epochFigures[name] !== null)
    .map((name) => ({
      name: `best ${name}`,
      better: directionOf(name),
      values: records.map((record) => bestEpoch(record, name)),
    }));
  return [...measured, ...curves].filter(({ values }) => values.some((each) => each !== null));
}

function bestEpoch({ epochs }: RunRecord, name: EpochFigure): Estimate | null {
  const values = epochs.flatMap(({ fold, metrics }) => (fold === 0 ? [metrics[name]] : []));
  const [value = null] = values.sort((a, b) => byMerit(a, b, directionOf(name)));
  return value === null ? null : { value, low: null, high: null };
}
