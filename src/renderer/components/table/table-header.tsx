import { ArrowDown, ArrowUp } from 'lucide-react';
import { classes } from '../class-names.ts';
import { Checkbox } from '../controls/checkbox.tsx';
import { nextSort, type TableColumn, type TableSort } from './columns.ts';

interface TableHeaderProps {
  readonly id: string;
  readonly columns: readonly TableColumn<unknown>[];
  readonly sort: TableSort | undefined;
  onSort: ((sort: TableSort) => void) | undefined;
  /** Heading that the keys are on. */
  readonly current: number | null;
  /** State of the box for all rows; undefined where rows cannot be marked. */
  readonly all: boolean | 'mixed' | undefined;
  onAll(checked: boolean): void;
  readonly height: number;
}

export function headingId(id: string, column: number): string {
  return `${id}heading${column}`;
}

/** Headings; the keys of the table reach them, so they are no tab stops of their own. */
export function TableHeader({ id, columns, sort, onSort, current, all, onAll, height }: TableHeaderProps) {
  return (
    <thead className="h-table-head">
      <tr className="h-table-row" aria-rowindex={1} style={{ height }}>
        {all === undefined ? null : (
          <th className="h-table-check" scope="col">
            <Checkbox label="Mark all rows" hideLabel checked={all} onChange={onAll} tabIndex={-1} />
          </th>
        )}
        {columns.map((column, at) => (
          <Heading
            key={column.key}
            id={headingId(id, at)}
            column={column}
            sort={sort}
            onSort={column.sortable === true ? onSort : undefined}
            current={at === current}
          />
        ))}
      </tr>
    </thead>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly column: TableColumn<unknown>;
  readonly sort: TableSort | undefined;
  onSort: ((sort: TableSort) => void) | undefined;
  readonly current: boolean;
}

function Heading({ id, column, sort, onSort, current }: HeadingProps) {
  const sorted = sort?.by === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  const look = classes(
    'h-table-heading',
    column.align === 'end' && 'h-table-end',
    current && 'h-table-heading-current',
  );
  const content = (
    <>
      <span className="h-cut">{column.title}</span>
      {sorted === undefined ? null : <Arrow size={13} aria-hidden="true" />}
    </>
  );
  return (
    <th id={id} className={look} scope="col" aria-sort={sorted} title={column.headerHelp}>
      {onSort === undefined ? (
        content
      ) : (
        <button type="button" className="h-table-sort" tabIndex={-1} onClick={() => onSort(nextSort(column, sort))}>
          {content}
        </button>
      )}
    </th>
  );
}
