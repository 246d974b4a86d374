import type { RowFilter, RowSort } from '../../../../main/ipc/contract.ts';
import { batchStates } from '../../../../pipeline/domain/outcome.ts';

/** What the table of a batch shows, and in which order. It stands in the address, so that Back works and links can be shared. */
export interface Listing {
  readonly view: 'images' | 'scans';
  readonly filter: RowFilter;
  readonly sort: RowSort;
}

type Query = Readonly<Record<string, string | undefined>>;

export const urgentFirst: RowSort = { by: 'urgency', descending: false };
export const inFileOrder: RowSort = { by: 'file', descending: false };

export const sortKeys = [
  'file',
  'scan',
  'state',
  'class',
  'probability',
  'urgency',
  'review',
] as const satisfies readonly RowSort['by'][];
const mostText = 200;
const mostClasses = 100;

/** Reads the address; what is no filter there is left out. */
export function listingOf(query: Query): Listing {
  const filter: RowFilter = {};
  const states = partsOf(query.state).flatMap((part) => batchStates.filter((state) => state === part));
  if (states.length > 0) filter.states = [...new Set(states)];
  const classes = [...new Set(partsOf(query.class))].slice(0, mostClasses);
  if (classes.length > 0) filter.classes = classes;
  const low = shareOf(query.min);
  if (low !== undefined) filter.minProbability = low;
  const high = shareOf(query.max);
  if (high !== undefined) filter.maxProbability = high;
  if (query.text) filter.text = query.text.slice(0, mostText);
  if (query.reviewed === 'yes' || query.reviewed === 'no') filter.reviewed = query.reviewed === 'yes';
  if (query.scan) filter.scan = query.scan;
  return { view: query.view === 'scans' ? 'scans' : 'images', filter, sort: sortOf(query.sort) };
}

/** The address of a listing: inverse of listingOf. */
export function queryOf({ view, filter, sort }: Listing): Record<string, string | undefined> {
  return {
    view: view === 'scans' ? 'scans' : undefined,
    state: joined(filter.states),
    class: joined(filter.classes),
    min: filter.minProbability?.toString(),
    max: filter.maxProbability?.toString(),
    text: filter.text,
    reviewed: filter.reviewed === undefined ? undefined : filter.reviewed ? 'yes' : 'no',
    scan: filter.scan,
    sort: sameSort(sort, urgentFirst) ? undefined : `${sort.descending ? '-' : ''}${sort.by}`,
  };
}

export function sameSort(a: RowSort, b: RowSort): boolean {
  return a.by === b.by && a.descending === b.descending;
}

/** How many filters hide rows; the scan is one of them. */
export function filterCount(filter: RowFilter): number {
  const { states, classes, minProbability, maxProbability, text, reviewed, scan } = filter;
  const range = minProbability === undefined && maxProbability === undefined ? undefined : true;
  return [states, classes, range, text, reviewed, scan].filter((each) => each !== undefined).length;
}

/** The list with a value put in or taken out; undefined when nothing is left. */
export function toggled<T>(values: readonly T[] | undefined, value: T): T[] | undefined {
  const next = values?.includes(value) ? values.filter((each) => each !== value) : [...(values ?? []), value];
  return next.length === 0 ? undefined : next;
}

/** A number from 0 to 1. */
function shareOf(text: string | undefined): number | undefined {
  const share = text ? Number(text) : Number.NaN;
  return share >= 0 && share <= 1 ? share : undefined;
}

function sortOf(text: string | undefined): RowSort {
  const descending = text?.startsWith('-') === true;
  const by = sortKeys.find((key) => key === text?.slice(descending ? 1 : 0));
  return by === undefined ? urgentFirst : { by, descending };
}

/** Names of classes may hold commas: each part is escaped by itself. */
function joined(parts: readonly string[] | undefined): string | undefined {
  return parts === undefined || parts.length === 0 ? undefined : parts.map(encodeURIComponent).join(',');
}

function partsOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
