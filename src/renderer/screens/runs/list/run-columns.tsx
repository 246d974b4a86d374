import type { Column } from '../../../api.ts';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';
import { isCurve, levelOf } from './column-choice.ts';
import { RunCell } from './run-cell.tsx';
import type { ListedRun } from './use-run-rows.ts';

type Width = Pick<TableColumn<ListedRun>, 'width' | 'minWidth'>;

const widths: Readonly<Record<string, Width>> = {
  name: { width: '3fr', minWidth: 190 },
  tags: { width: '2fr', minWidth: 120 },
  notes: { width: '3fr', minWidth: 160 },
  outcome: { width: 112 },
  started: { width: 132 },
  leaky: { width: 84 },
};
const ofKind: Readonly<Record<Column['kind'], Width>> = {
  text: { width: '1fr', minWidth: 112 },
  number: { width: 104 },
  time: { width: 132 },
  flag: { width: 84 },
};
const figureWidth: Width = { width: 152 };
const curveWidth: Width = { width: 124 };

/** Words of a heading where those of the column say more than the cell needs. */
const shortTitles: Readonly<Record<string, string>> = { duration: 'Duration' };

/** Columns of the table as they are drawn. */
export function runColumns(columns: readonly Column[]): TableColumn<ListedRun>[] {
  return columns.map((column) => {
    const { key, title, kind, better } = column;
    const isFigure = levelOf(key) !== null;
    return {
      key,
      title: `${arrowOf(better)}${shortTitles[key] ?? title}`,
      headerHelp: better === null ? title : `${title}. ${better === 'higher' ? 'Higher' : 'Lower'} is better.`,
      ...(isFigure ? figureWidth : isCurve(key) ? curveWidth : (widths[key] ?? ofKind[kind])),
      align: kind === 'number' && !isFigure ? 'end' : 'start',
      sortable: true,
      sortFirst: better === 'higher' || kind === 'time' || kind === 'flag' ? 'descending' : 'ascending',
      cell: (run) => <RunCell run={run} column={column} />,
    };
  });
}

/** In front of the title, where a narrow column cannot cut it off. */
export function arrowOf(better: Column['better']): string {
  if (better === null) return '';
  return better === 'higher' ? '↑ ' : '↓ ';
}
