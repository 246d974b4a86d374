import { sha256 } from '../../disk/hash.ts';

/**
 * At most `most` rows, one of each patient group in turn, so that a group of few images counts as much as one of many.
 * Within a group their order is that of the hashes of their names: as good as drawn, and the same each time.
 */
export function evenlyByGroup<T extends { readonly group: string; readonly image: string }>(
  rows: readonly T[],
  most: number,
): readonly T[] {
  const drawn = rows.map((row) => ({ row, order: sha256(row.image) })).sort((a, b) => (a.order < b.order ? -1 : 1));
  const groups = [...Map.groupBy(drawn, ({ row }) => row.group).values()];
  const chosen: T[] = [];
  for (let round = 0; chosen.length < Math.min(most, rows.length); round++) {
    for (const own of groups) {
      const next = own[round];
      if (next !== undefined && chosen.length < most) chosen.push(next.row);
    }
  }
  return chosen;
}
