import type { Records } from '../../records/index.ts';
import type { Session } from '../../session/session.ts';
import { completeFilter } from '../../studies/run-filter/complete.ts';
import { queryRuns } from '../../studies/runs-table/query.ts';
import { openRunsTable, type RunsTable } from '../../studies/runs-table/table.ts';
import type { Handlers } from '../core.ts';
import { wireHead } from './run-wire.ts';

/** Values that are named with a column; further ones are found by typing. */
const mostValues = 30;

export function runTableHandlers(session: Session): Pick<Handlers, 'runs/columns' | 'runs/query' | 'runs/complete'> {
  // Another workspace has other records, and its table goes with them.
  const tables = new WeakMap<Records, RunsTable>();
  const table = (): RunsTable => {
    const { records } = session.study;
    const known = tables.get(records) ?? openRunsTable(records);
    tables.set(records, known);
    return known;
  };
  return {
    'runs/columns': () => ({
      columns: Array.from(table().columns().values(), (column) => {
        const { key, title, kind, better, isFree } = column;
        const named = kind === 'text' && isFree !== true;
        return { key, title, kind, better, values: named ? table().valuesOf(column).slice(0, mostValues) : [] };
      }),
    }),
    'runs/query': (query) => {
      const { total, of, rows, fault } = queryRuns(table(), query);
      return { total, of, rows: rows.map(({ row, cells }) => ({ ...wireHead(row.run, row.tags), cells })), fault };
    },
    'runs/complete': ({ filter, at }) => {
      const { from, to, suggestions } = completeFilter(filter, at, table());
      return { from, to, suggestions: [...suggestions] };
    },
  };
}
