import type { Row, ScanRow } from '../../../../main/ipc/contract.ts';
import type { Listing } from '../filter/listing.ts';
import type { Ask } from './ask.ts';
import type { Found } from './unreviewed.ts';

export type Direction = 1 | -1;

const pageRows = 500;

/** The nearest row of the listing, up or down, that is of another scan; a row without a scan stands alone. */
export async function rowOfOtherScan(
  { batch, listing: { filter, sort } }: { readonly batch: string; readonly listing: Listing },
  from: { readonly scan: string; readonly index: number },
  direction: Direction,
  ask: Ask,
): Promise<Found | undefined> {
  const isOther = (row: Row): boolean => row.scan === '' || row.scan !== from.scan;
  for (let edge = from.index + direction; edge >= 0; ) {
    const offset = direction === 1 ? edge : Math.max(0, edge - pageRows + 1);
    const limit = direction === 1 ? pageRows : edge - offset + 1;
    const { rows } = await ask('batches/rows', { batch, filter, sort, offset, limit });
    const found = direction === 1 ? rows.findIndex(isOther) : rows.findLastIndex(isOther);
    const row = rows[found];
    if (row !== undefined) return { row, index: offset + found };
    if (rows.length < limit) return undefined;
    edge = direction === 1 ? offset + rows.length : offset - 1;
  }
  return undefined;
}

/** The scan above or below one in the list of scans. */
export async function scanBeside(
  batch: string,
  scan: string,
  direction: Direction,
  ask: Ask,
): Promise<ScanRow | undefined> {
  let before: ScanRow | undefined;
  for (let offset = 0, total = 1; offset < total; ) {
    const page = await ask('batches/scans', { batch, offset, limit: pageRows });
    const at = page.scans.findIndex((each) => each.scan === scan);
    const beside = page.scans[at + direction];
    if (at >= 0 && beside !== undefined) return beside;
    if (at === 0 && direction === -1) return before;
    if (at >= 0 && direction === 1)
      return (await ask('batches/scans', { batch, offset: offset + at + 1, limit: 1 })).scans[0];
    before = page.scans.at(-1);
    if (page.scans.length === 0) return undefined;
    total = page.total;
    offset += page.scans.length;
  }
  return undefined;
}
