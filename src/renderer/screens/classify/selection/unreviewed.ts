import type { Row } from '../../../../main/ipc/contract.ts';
import type { Listing } from '../filter/listing.ts';
import type { Ask } from './ask.ts';
import { type Spot, sameSpot } from './spot.ts';

interface Start {
  readonly batch: string;
  readonly listing: Listing;
  /** The image that was just read, and its place; null when the filter hides it. */
  readonly spot: Spot;
  readonly index: number | null;
  /** Rows that are there already. */
  getRow(index: number): Row | undefined;
}

export interface Found {
  readonly row: Row;
  readonly index: number;
}

const pageRows = 500;

/** The next row of the listing without a review; from the top again when there is none below. undefined: all are read. */
export async function nextUnreviewed(
  { batch, listing, spot, index, getRow }: Start,
  ask: Ask,
): Promise<Found | undefined> {
  const { filter, sort } = listing;
  let at = (index ?? -1) + 1;
  for (let row = getRow(at); row !== undefined; row = getRow(++at)) if (isOpen(row, spot)) return { row, index: at };
  for (let total = at + 1; at < total; ) {
    const page = await ask('batches/rows', { batch, filter, sort, offset: at, limit: pageRows });
    const found = page.rows.findIndex((row) => isOpen(row, spot));
    const row = page.rows[found];
    if (row !== undefined) return { row, index: at + found };
    if (page.rows.length === 0) break;
    total = page.total;
    at += page.rows.length;
  }
  return index === null ? undefined : firstOpen(batch, listing, spot, ask);
}

async function firstOpen(batch: string, { filter, sort }: Listing, spot: Spot, ask: Ask): Promise<Found | undefined> {
  if (filter.reviewed === true) return undefined;
  const open = await ask('batches/rows', { batch, filter: { ...filter, reviewed: false }, sort, offset: 0, limit: 2 });
  const row = open.rows.find((each) => isOpen(each, spot));
  if (row === undefined) return undefined;
  const { item, frame } = row;
  const { offset } = await ask('batches/position', { batch, item, frame, filter, sort });
  return offset === null ? undefined : { row, index: offset };
}

function isOpen(row: Row, spot: Spot): boolean {
  return row.review === null && !sameSpot(row, spot);
}
