import type { Row } from '../../../../main/ipc/contract.ts';
import type { Selected } from '../selection/selection.ts';
import { sameSpot } from '../selection/spot.ts';

/** How far rows may have moved that were loaded before or after the chosen one was looked for. */
const reachRows = 200;

/**
 * Where the chosen image stands among the rows that are loaded. Rows and place are asked for one after the other, and while a
 * batch runs they can be of different moments: the mark must never be on another image's row.
 */
export function placeOf({ spot, index }: Selected, getRow: (index: number) => Row | undefined): number | null {
  if (spot === null || index === null) return null;
  const row = getRow(index);
  if (row === undefined || sameSpot(row, spot)) return index;
  for (let away = 1; away <= reachRows; away++) {
    for (const at of [index + away, index - away]) {
      if (sameSpot(getRow(at) ?? null, spot)) return at;
    }
  }
  return null;
}
