import type { Estimate } from '../../../pipeline/domain/metrics.ts';
import type { Direction } from '../figures.ts';
import type { TableRow } from './row.ts';

/** A cell of the table: text, a figure, a figure with its interval, or nothing. */
export type TableCell = string | number | boolean | Estimate | null;

export type ColumnKind = 'text' | 'number' | 'time' | 'flag';

/** A column of the table of runs. */
export interface TableColumn {
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
  readonly better: Direction;
  cell(row: TableRow): TableCell;
  /** Columns that hold several texts at once (tags). */
  texts?(row: TableRow): readonly string[];
  /** Seconds: may be written as `10min` in a filter. */
  readonly isDuration?: boolean;
  /** Free text, of which no two runs have the same: never proposed. */
  readonly isFree?: boolean;
}

/** What a cell is sorted and compared by; null where there is nothing. */
export function scalarOf(cell: TableCell): string | number | boolean | null {
  return typeof cell === 'object' && cell !== null ? cell.value : cell;
}

/** Texts of a cell; none where there is nothing. */
export function textsOf(column: TableColumn, row: TableRow): readonly string[] {
  if (column.texts !== undefined) return column.texts(row);
  const value = scalarOf(column.cell(row));
  return value === null ? [] : [String(value)];
}
