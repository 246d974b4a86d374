import { canonicalJson } from '../../pipeline/disk/hash.ts';
import { factRows, figureRows, isDifferent } from './compare.ts';
import { figureParts } from './figures.ts';
import type { RunRecord } from './run-record.ts';

const prefix = 'params.';

/** The table of runs: columns are the parameters in which any two differ and the figures that any has. */
export interface ExperimentTable {
  /** Dotted keys of params.yaml. */
  readonly params: readonly string[];
  /** `scan/balanced_accuracy`, `best validation_loss`. */
  readonly figures: readonly string[];
  readonly rows: readonly ExperimentRow[];
}

export interface ExperimentRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly startedAt: string;
  readonly outcome: string;
  readonly leaky: boolean;
  /** In the order of the columns; undefined where the run has no such parameter. */
  readonly params: readonly unknown[];
  readonly figures: readonly (number | null)[];
}

/** @param everything also parameters that are equal, figures by slice and of single classes, and all curves */
export function experimentTable(records: readonly RunRecord[], everything: boolean): ExperimentTable {
  const params = paramRows(records).filter((row) => everything || isDifferent(row));
  const figures = figureRows(records).filter(({ name }) => everything || isMain(name));
  return {
    params: params.map(({ key }) => key.slice(prefix.length)),
    figures: figures.map(({ name }) => name),
    rows: records.map(({ run }, at) => ({
      ...{ id: run.id, name: run.name, kind: run.kind, parent: run.parent },
      ...{ startedAt: run.startedAt, outcome: run.outcome, leaky: run.leaky },
      params: params.map(({ values }) => values[at] ?? null),
      figures: figures.map(({ values }) => values[at]?.value ?? null),
    })),
  };
}

/** Of our own figures those by scan over all classes, and how the validation part went. */
function isMain(name: string): boolean {
  const parts = figureParts(name);
  if (parts !== null) return parts.level === 'scan' && parts.class === null;
  return !name.startsWith('best ') || name.startsWith('best validation_');
}

/** A value before and after, as `dvc params diff` and `dvc metrics diff` print it; `diff` only between numbers. */
export interface Change {
  readonly old?: unknown;
  readonly new?: unknown;
  readonly diff?: number;
}

/** What differs from `a` to `b`, by dotted key and by figure. */
export interface ExperimentDiff {
  readonly params: Readonly<Record<string, Change>>;
  readonly metrics: Readonly<Record<string, Change>>;
}

export function experimentDiff(a: RunRecord, b: RunRecord): ExperimentDiff {
  const params = paramRows([a, b])
    .filter(isDifferent)
    .map(({ key, values: [before, after] }) => [key.slice(prefix.length), changeOf(before, after)] as const);
  const metrics = figureRows([a, b])
    .map(({ name, values: [before, after] }) => [name, before?.value ?? null, after?.value ?? null] as const)
    .filter(([, before, after]) => canonicalJson(before) !== canonicalJson(after))
    .map(([name, before, after]) => [name, changeOf(before, after)] as const);
  return { params: Object.fromEntries(params), metrics: Object.fromEntries(metrics) };
}

function paramRows(records: readonly RunRecord[]) {
  return factRows(records).filter(({ key }) => key.startsWith(prefix));
}

function changeOf(before: unknown, after: unknown): Change {
  return {
    ...(before === null ? {} : { old: before }),
    ...(after === null ? {} : { new: after }),
    ...(typeof before === 'number' && typeof after === 'number' ? { diff: after - before } : {}),
  };
}
