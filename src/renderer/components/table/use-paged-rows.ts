import { useCallback, useEffect, useMemo, useReducer } from 'react';
import { onReconnect } from '../../transport/pushes.ts';
import { useNewest } from '../../use-newest.ts';
import { type LoadRows, Pager } from './pager.ts';

interface PagedRowsOptions<T> {
  readonly load: LoadRows<T>;
  readonly pageSize?: number;
  /** What the list is of: another key is another list, and nothing of the old one is shown. */
  readonly resetKey: string;
  /** Known beforehand; else it is learnt from the first page. */
  readonly total?: number | undefined;
}

export interface PagedRows<T> {
  readonly total: number | undefined;
  /** undefined: not loaded yet. */
  getRow(index: number): T | undefined;
  onRange(first: number, last: number): void;
  readonly loading: boolean;
  readonly error: unknown;
  reload(): void;
  /** Shows another row in place of a loaded one, before the core is asked again. */
  patch(index: number, row: T): void;
}

/** Rows of a long list for a VirtualTable, fetched in pages as they come in sight. */
export function usePagedRows<T>({ load, pageSize = 100, resetKey, total }: PagedRowsOptions<T>): PagedRows<T> {
  const [change, changed] = useReducer((count: number) => count + 1, 0);
  const newest = useNewest(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another list
  const pager = useMemo(
    () => new Pager<T>((offset, limit) => newest.current(offset, limit), pageSize, changed),
    [resetKey, pageSize],
  );
  useEffect(() => {
    pager.open();
    pager.look(0, pageSize - 1);
    return () => pager.close();
  }, [pager, pageSize]);
  useEffect(() => onReconnect(() => pager.reload()), [pager]);

  // A new function after each change, so that a table that is given it draws again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const getRow = useCallback((index: number) => pager.row(index), [pager, change]);
  const onRange = useCallback((first: number, last: number) => pager.look(first, last), [pager]);
  const reload = useCallback(() => pager.reload(), [pager]);
  const patch = useCallback((index: number, row: T) => pager.patch(index, row), [pager]);
  const { state } = pager;
  return { total: state.total ?? total, getRow, onRange, loading: state.loading, error: state.error, reload, patch };
}
