import { nearestName } from '../../../pipeline/domain/names.ts';
import type { ColumnKind, TableColumn } from '../runs-table/column.ts';
import { FilterStop } from './fault.ts';
import type { Operator } from './filter.ts';

export type Columns = ReadonlyMap<string, TableColumn>;

/** Other names of columns. */
const aliases: Readonly<Record<string, string>> = { 'params.seed': 'seed', run: 'id', parent: 'sweep' };

const texts: readonly Operator[] = ['=', '!=', '~', '!~'];
const ordered: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];

/** Which comparisons make sense. */
export const operatorsOf: Readonly<Record<ColumnKind, readonly Operator[]>> = {
  text: texts,
  number: ordered,
  time: ordered,
  flag: ['=', '!='],
};

/** The column of a key, as it is written or without regard to capitals. */
export function findColumn(columns: Columns, key: string): TableColumn | undefined {
  const known = columns.get(key) ?? columns.get(aliases[key] ?? '');
  if (known !== undefined) return known;
  const folded = key.toLowerCase();
  for (const [name, column] of columns) if (name.toLowerCase() === folded) return column;
  return undefined;
}

/** @throws FilterStop naming the nearest key */
export function requireColumn(columns: Columns, { key, at }: { key: string; at: number }): TableColumn {
  const column = findColumn(columns, key);
  if (column !== undefined) return column;
  const nearest = nearestName(key, [...columns.keys()]);
  throw new FilterStop(at, nearest === undefined ? 'a column' : `a column; did you mean "${nearest}"?`);
}
