import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { type TableColumn, type TableSort, templateOf } from './columns.ts';
import { headingId, TableHeader } from './table-header.tsx';
import { TableRow } from './table-row.tsx';
import { useChecks } from './use-checks.ts';
import { useTableKeys } from './use-table-keys.ts';
import '../feedback/feedback.css';
import './table.css';

export type { TableColumn, TableSort } from './columns.ts';

export interface VirtualTableProps<T> {
  /** Name of the table. */
  readonly label: string;
  /** The same list over renders: another one draws every row again. */
  readonly columns: readonly TableColumn<T>[];
  readonly count: number;
  /** undefined: not loaded yet. */
  getRow(index: number): T | undefined;
  rowKey(row: T, index: number): string;
  /** Pixels. */
  readonly rowHeight?: number;
  readonly headerHeight?: number;
  readonly sort?: TableSort | undefined;
  onSort?(sort: TableSort): void;
  readonly selectedIndex?: number | null;
  onSelect?(index: number): void;
  /** Enter and double click. */
  onOpen?(index: number): void;
  /** Rows in sight, both ends included. */
  onRange?(first: number, last: number): void;
  readonly checked?: ReadonlySet<string>;
  onCheck?(checked: ReadonlySet<string>): void;
  /** Shown where there are no rows. */
  readonly empty?: ReactNode;
  /** Class names for a row. */
  rowClass?(row: T): string | undefined;
}

const overscanRows = 5;

/**
 * A table of any length of which only the rows in sight are drawn. One tab stop: arrows, Page Up/Down, Home and End move,
 * Enter opens, Space marks, Up from the first row reaches the headings, where Enter sorts.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, columns, count, getRow, rowKey, rowHeight = 32, headerHeight = 32, sort, onSort } = props;
  const { selectedIndex = null, onSelect, onOpen, onRange, checked, onCheck, empty } = props;
  const id = useId();
  const grid = useRef<HTMLTableElement>(null);
  const virtualizer = useRows(grid, { count, rowHeight, headerHeight, selectedIndex, onRange });
  const { check, checkAll, all } = useChecks({ count, getRow, rowKey, checked, onCheck });
  const canCheck = checked !== undefined && onCheck !== undefined;
  const page = Math.floor(((grid.current?.clientHeight ?? 0) - headerHeight) / rowHeight);
  const { heading, onKeyDown, leaveHeading } = useTableKeys({
    ...{ columns, count, selectedIndex, page, sort, onSort, onSelect, onOpen },
    onCheck: canCheck ? check : undefined,
    onCheckAll: canCheck ? checkAll : undefined,
  });
  const items = virtualizer.getVirtualItems();
  const { template, leastPx } = templateOf(columns, canCheck);
  const isCurrentDrawn = items.some(({ index }) => index === selectedIndex);
  const current = heading === null ? (isCurrentDrawn ? `${id}row${selectedIndex}` : undefined) : headingId(id, heading);
  const select = (event: MouseEvent): void => {
    const index = indexAt(event.target);
    if (index === undefined) return;
    leaveHeading();
    onSelect?.(index);
  };
  const open = (event: MouseEvent): void => {
    const index = indexAt(event.target);
    if (index !== undefined) onOpen?.(index);
  };
  return (
    <div className="h-table-frame">
      <table
        ref={grid}
        className="h-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern, a table that arrow keys move in
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + (canCheck ? 1 : 0)}
        aria-multiselectable={canCheck ? true : undefined}
        aria-activedescendant={current}
        tabIndex={0}
        style={{ '--h-table-columns': template, '--h-table-least': `${leastPx}px` }}
        onKeyDown={onKeyDown}
        onBlur={leaveHeading}
      >
        <TableHeader
          {...{ id, columns, sort, onSort, all: canCheck ? all : undefined }}
          current={heading}
          onAll={checkAll}
          height={headerHeight}
        />
        <tbody
          className="h-table-body"
          style={{ height: virtualizer.getTotalSize() }}
          onMouseDown={select}
          onDoubleClick={open}
        >
          {items.map(({ index, start }) => (
            <TableRow
              key={index}
              {...rowOf(props, index)}
              id={`${id}row${index}`}
              top={start - headerHeight}
              height={rowHeight}
              current={index === selectedIndex}
              onCheck={check}
            />
          ))}
        </tbody>
      </table>
      <div className="h-table-ring" />
      {count === 0 && empty !== undefined ? <div className="h-table-empty">{empty}</div> : null}
    </div>
  );
}

function rowOf<T>({ columns, getRow, rowKey, checked, onCheck, rowClass }: VirtualTableProps<T>, index: number) {
  const row = getRow(index);
  const isChecked = row !== undefined && checked?.has(rowKey(row, index)) === true;
  return {
    ...{ index, row, columns },
    checked: checked === undefined || onCheck === undefined ? undefined : isChecked,
    look: row === undefined ? undefined : rowClass?.(row),
  };
}

interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
  readonly selectedIndex: number | null;
  onRange: ((first: number, last: number) => void) | undefined;
}

function useRows(grid: { readonly current: HTMLTableElement | null }, rows: Rows) {
  const { count, rowHeight, headerHeight, selectedIndex, onRange } = rows;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: overscanRows,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
  });
  const first = virtualizer.range?.startIndex;
  const last = virtualizer.range?.endIndex;
  useEffect(() => {
    if (first !== undefined && last !== undefined) onRange?.(first, last);
  }, [first, last, onRange]);
  useEffect(() => {
    if (selectedIndex !== null) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);
  return virtualizer;
}

function indexAt(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest('[data-index]') : null;
  const index = Number(row?.getAttribute('data-index') ?? Number.NaN);
  return Number.isInteger(index) ? index : undefined;
}
