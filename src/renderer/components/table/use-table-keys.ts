import { type KeyboardEvent, useState } from 'react';
import { nextSort, type TableColumn, type TableSort } from './columns.ts';
import { movedTo } from './move.ts';

interface TableKeys {
  readonly columns: readonly TableColumn<unknown>[];
  readonly count: number;
  readonly selectedIndex: number | null;
  /** Rows in sight. */
  readonly page: number;
  readonly sort: TableSort | undefined;
  onSort: ((sort: TableSort) => void) | undefined;
  onSelect: ((index: number) => void) | undefined;
  onOpen: ((index: number) => void) | undefined;
  /** Marks or unmarks a row, or (`range`) all from the last marked one to it. */
  onCheck: ((index: number, range: boolean) => void) | undefined;
  onCheckAll: (() => void) | undefined;
}

/** What keys do in a table that has the focus. `heading`: column whose heading they are on. */
export function useTableKeys(keys: TableKeys) {
  const [heading, setHeading] = useState<number | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || (event.target !== event.currentTarget && !isCheckbox(event.target))) return;
    const handled =
      heading === null ? inRows(event, keys, () => setHeading(0)) : inHeadings(event, keys, heading, setHeading);
    if (handled) event.preventDefault();
  };
  return { heading, onKeyDown, leaveHeading: () => setHeading(null) };
}

function inRows(event: KeyboardEvent, keys: TableKeys, toHeadings: () => void): boolean {
  const { count, selectedIndex, page, onSelect, onOpen, onCheck, onCheckAll, onSort } = keys;
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'a' || onCheckAll === undefined) return false;
    onCheckAll();
    return true;
  }
  if (event.key === 'ArrowUp' && onSort !== undefined && !event.shiftKey && (selectedIndex === 0 || count === 0)) {
    toHeadings();
    return true;
  }
  const next = movedTo(event.key, { index: selectedIndex, count, page });
  if (next !== undefined) {
    onSelect?.(next);
    if (event.shiftKey) onCheck?.(next, true);
    return true;
  }
  if (selectedIndex === null) return false;
  if (event.key === 'Enter' && onOpen !== undefined) onOpen(selectedIndex);
  else if (event.key === ' ' && onCheck !== undefined) onCheck(selectedIndex, event.shiftKey);
  else return false;
  return true;
}

function inHeadings(
  event: KeyboardEvent,
  { columns, sort, onSort, onSelect, count }: TableKeys,
  heading: number,
  setHeading: (column: number | null) => void,
): boolean {
  const column = columns[heading];
  if (event.key === 'ArrowRight') setHeading(Math.min(columns.length - 1, heading + 1));
  else if (event.key === 'ArrowLeft') setHeading(Math.max(0, heading - 1));
  else if (event.key === 'ArrowDown' || event.key === 'Escape') {
    setHeading(null);
    if (count > 0) onSelect?.(0);
  } else if ((event.key === 'Enter' || event.key === ' ') && column?.sortable === true)
    onSort?.(nextSort(column, sort));
  else return false;
  return true;
}

function isCheckbox(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === 'checkbox';
}
