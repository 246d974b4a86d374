import type { RunKind } from '../../records/runs.ts';
import type { FilterFault } from '../run-filter/fault.ts';
import { readFilter } from '../run-filter/read.ts';
import type { TableCell, TableColumn } from './column.ts';
import { scalarOf } from './column.ts';
import type { TableRow } from './row.ts';
import type { RunsTable } from './table.ts';

export interface RunsQuery {
  readonly filter: string;
  readonly sort: { readonly by: string; readonly descending: boolean };
  /** Keys of the cells asked for; a column that no run has gives empty cells. */
  readonly columns: readonly string[];
  /** Also runs that train nothing: single evaluations and stages. */
  readonly all: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface RunsAnswer {
  readonly total: number;
  readonly of: number;
  readonly rows: readonly { readonly row: TableRow; readonly cells: TableCell[] }[];
  readonly fault: Pick<FilterFault, 'at' | 'expected'> | null;
}

/** A validation trains as often as it has folds. */
const trains: ReadonlySet<RunKind> = new Set(['train', 'validate']);

/** Pinned runs first, then by the column; equal ones newest first, those without a value last either way. */
export function queryRuns(table: RunsTable, query: RunsQuery): RunsAnswer {
  const rows = table.rows().filter(({ run }) => query.all || trains.has(run.kind));
  const columns = table.columns();
  const { test, fault } = readFilter(query.filter, columns);
  if (fault !== undefined) {
    return { total: 0, of: rows.length, rows: [], fault: { at: fault.at, expected: fault.expected } };
  }
  const found = sorted(rows.filter(test), columns.get(query.sort.by), query.sort.descending);
  const asked = query.columns.map((key) => columns.get(key));
  const page = found.slice(query.offset, query.offset + query.limit);
  return {
    total: found.length,
    of: rows.length,
    rows: page.map((row) => ({ row, cells: asked.map((column) => column?.cell(row) ?? null) })),
    fault: null,
  };
}

type Scalar = string | number | boolean | null;

function sorted(rows: readonly TableRow[], column: TableColumn | undefined, descending: boolean): TableRow[] {
  const keyed = rows.map((row) => ({ row, value: column === undefined ? null : scalarOf(column.cell(row)) }));
  const compare = column?.kind === 'text' ? textOrder(keyed.map(({ value }) => value)) : plainOrder;
  const turn = descending ? -1 : 1;
  // Array.sort is stable: equal ones stay newest first.
  keyed.sort((a, b) => {
    const pinned = Number(b.row.run.pinned) - Number(a.row.run.pinned);
    if (pinned !== 0) return pinned;
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return compare(a.value, b.value) * turn;
  });
  return keyed.map(({ row }) => row);
}

function plainOrder(a: Scalar, b: Scalar): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

const collator = new Intl.Collator('en', { numeric: true });

/** `run 2` before `run 10`. Each text is compared once, not at every step of the sorting. */
function textOrder(values: readonly Scalar[]): (a: Scalar, b: Scalar) => number {
  const texts = [...new Set(values.filter((value) => value !== null).map(String))].sort(collator.compare);
  const rank = new Map(texts.map((text, index) => [text, index]));
  return (a, b) => (rank.get(String(a)) ?? 0) - (rank.get(String(b)) ?? 0);
}
