import { useRef, useState } from 'react';
import { type Cell, call, type Output } from '../../../api.ts';
import { type PagedRows, usePagedRows } from '../../../components/table/use-paged-rows.ts';
import { useRunsPulse } from '../use-runs-pulse.ts';
import type { Listing } from './listing.ts';
import { noteRuns, type RunHead } from './run-store.ts';

/** A run with the cells of the columns that were asked for. */
export interface ListedRun extends RunHead {
  readonly cells: ReadonlyMap<string, Cell>;
}

export type Fault = NonNullable<Output<'runs/query'>['fault']>;

/** The filter could not be understood: what was listed before stays. */
class FilterFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.expected);
    this.fault = fault;
  }
}

export interface RunRows extends PagedRows<ListedRun> {
  /** Runs before the filter. */
  readonly of: number | undefined;
  readonly fault: Fault | undefined;
  /** Another text for each other list that is shown. */
  readonly listed: string;
}

/** The runs of a listing. While another one is fetched, or its filter has a fault, the last one stays. */
export function useRunRows(listing: Listing, columns: readonly string[]): RunRows {
  const [of, setOf] = useState<number>();
  const resetKey = JSON.stringify([listing, columns]);
  const { reload, ...rows } = usePagedRows<ListedRun>({
    resetKey,
    pageSize: 200,
    load: async (offset, limit) => {
      const answer = await call('runs/query', { ...listing, columns: [...columns], offset, limit });
      if (answer.fault !== null) throw new FilterFault(answer.fault);
      setOf(answer.of);
      noteRuns(answer.rows);
      return { total: answer.total, rows: answer.rows.map((row) => withNames(row, columns)) };
    },
  });
  useRunsPulse(reload);
  const fault = rows.error instanceof FilterFault ? rows.error.fault : undefined;
  const isThere = rows.total !== undefined && fault === undefined;
  const last = useRef({ total: rows.total, getRow: rows.getRow, listed: resetKey });
  if (isThere) last.current = { total: rows.total, getRow: rows.getRow, listed: resetKey };
  return { ...rows, ...last.current, reload, of, fault, error: fault === undefined ? rows.error : undefined };
}

function withNames({ cells, ...head }: Output<'runs/query'>['rows'][number], columns: readonly string[]): ListedRun {
  return { ...head, cells: new Map(columns.map((key, index) => [key, cells[index] ?? null])) };
}
