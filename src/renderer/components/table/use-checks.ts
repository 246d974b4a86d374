import { useCallback, useRef } from 'react';
import { useNewest } from '../../use-newest.ts';

interface Checks<T> {
  readonly count: number;
  getRow(index: number): T | undefined;
  rowKey(row: T, index: number): string;
  readonly checked: ReadonlySet<string> | undefined;
  onCheck: ((checked: ReadonlySet<string>) => void) | undefined;
}

/** Marking of rows: one, a stretch, all that are loaded. The functions stay the same over renders. */
export function useChecks<T>(checks: Checks<T>) {
  const newest = useNewest(checks);
  const last = useRef<number | null>(null);
  const check = useCallback(
    (index: number, range = false) => {
      const { checked = new Set(), onCheck } = newest.current;
      const from = range ? (last.current ?? index) : index;
      const keys = keysBetween(newest.current, Math.min(from, index), Math.max(from, index));
      const next = new Set(checked);
      const adds = range || keys.some((key) => !checked.has(key));
      for (const key of keys) {
        if (adds) next.add(key);
        else next.delete(key);
      }
      last.current = index;
      onCheck?.(next);
    },
    [newest],
  );
  const checkAll = useCallback(
    (adds = true) => {
      const { count, onCheck } = newest.current;
      onCheck?.(new Set(adds ? keysBetween(newest.current, 0, count - 1) : []));
    },
    [newest],
  );
  const { checked, count } = checks;
  const some = checked !== undefined && checked.size > 0;
  const all =
    checked === undefined ? undefined : some && checked.size >= count ? true : some ? ('mixed' as const) : false;
  return { check, checkAll, all };
}

/** Keys of the loaded rows of a stretch. */
function keysBetween<T>({ getRow, rowKey }: Checks<T>, first: number, last: number): string[] {
  const keys: string[] = [];
  for (let index = first; index <= last; index++) {
    const row = getRow(index);
    if (row !== undefined) keys.push(rowKey(row, index));
  }
  return keys;
}
