import { memo } from 'react';
import { classes } from '../class-names.ts';
import '../controls/choice.css';
import type { TableColumn } from './columns.ts';

interface TableRowProps {
  readonly id: string;
  readonly index: number;
  /** undefined: not loaded yet. */
  readonly row: unknown;
  readonly columns: readonly TableColumn<unknown>[];
  readonly top: number;
  readonly height: number;
  readonly current: boolean;
  /** undefined where rows cannot be marked. */
  readonly checked: boolean | undefined;
  onCheck(index: number): void;
  readonly look: string | undefined;
}

/** Drawn again only when something of this row changed, never by scrolling. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { id, index, row, columns, top, height, current, checked, onCheck, look } = props;
  return (
    <tr
      id={id}
      className={classes('h-table-row', current && 'h-table-current', checked && 'h-table-checked', look)}
      aria-rowindex={index + 2}
      aria-selected={checked ?? current}
      data-index={index}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {checked === undefined ? null : (
        <td className="h-table-check">
          <input
            className="h-checkbox"
            type="checkbox"
            aria-label={`Mark row ${index + 1}`}
            checked={checked}
            disabled={row === undefined}
            onChange={() => onCheck(index)}
            tabIndex={-1}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={classes('h-table-cell', column.align === 'end' && 'h-table-end')}>
          {row === undefined ? <span className="h-skeleton h-table-skeleton" /> : column.cell(row, index)}
        </td>
      ))}
    </tr>
  );
});
