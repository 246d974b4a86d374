import type { TableSort } from '../../../components/table/columns.ts';

/** Which runs are listed, and in what order: what the address says. */
export interface Listing {
  readonly filter: string;
  readonly sort: TableSort;
  /** Also single evaluations and stages. */
  readonly all: boolean;
}

const newestFirst: TableSort = { by: 'started', descending: true };

export function listingOf(query: Readonly<Record<string, string>>): Listing {
  return { filter: query.filter ?? '', sort: sortOf(query.sort), all: query.all === 'yes' };
}

/** Entries of the address; what is as at the start is left out. */
export function queryOf({ filter, sort, all }: Listing): Readonly<Record<string, string | undefined>> {
  const isFirst = sort.by === newestFirst.by && sort.descending === newestFirst.descending;
  return {
    filter: filter === '' ? undefined : filter,
    sort: isFirst ? undefined : `${sort.descending ? '-' : ''}${sort.by}`,
    all: all ? 'yes' : undefined,
  };
}

function sortOf(written: string | undefined): TableSort {
  if (written === undefined || written === '' || written === '-') return newestFirst;
  return written.startsWith('-') ? { by: written.slice(1), descending: true } : { by: written, descending: false };
}
