import { eachColumn } from './sample-sums.ts';
import type { Cases, Ranking } from './types.ts';

/** Cases laid out for resampling by group: a resample walks groups and tied runs instead of cases. */
export interface GroupedLevel {
  readonly classes: number;
  readonly groups: number;
  readonly sums: SparseRows;
  /** One a class. */
  readonly walks: readonly RankedWalk[];
}

/** A row a group; entries of row g are starts[g] .. starts[g + 1]. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * One class's cases by falling score, those of one group joined where order does not matter. Steps in threes: negatives above
 * a run of tied scores that holds positives, positives of the run, negatives of the run.
 */
export interface RankedWalk {
  /** End of each stretch in `group` and `count`. */
  readonly ends: Int32Array;
  readonly group: Int32Array;
  readonly count: Float64Array;
}

/** @param groupOf index 0..groups-1 of each case's patient group */
export function groupCases(cases: Cases, groupOf: Int32Array, groups: number): GroupedLevel {
  return {
    classes: cases.classes,
    groups,
    sums: sumByGroup(cases, groupOf, groups),
    walks: cases.ranking.map((ranking) => walkOf(ranking, groupOf)),
  };
}

function sumByGroup(cases: Cases, groupOf: Int32Array, groups: number): SparseRows {
  const rows = Array.from({ length: groups }, () => new Map<number, number>());
  for (let i = 0; i < groupOf.length; i++) {
    const row = rows[groupOf[i] ?? 0];
    eachColumn(cases, i, (column, value) => {
      if (value !== 0) row?.set(column, (row.get(column) ?? 0) + value);
    });
  }
  const starts = new Int32Array(groups + 1);
  rows.forEach((row, group) => {
    starts[group + 1] = (starts[group] ?? 0) + row.size;
  });
  return {
    starts,
    column: Int32Array.from(rows.flatMap((row) => [...row.keys()])),
    value: Float64Array.from(rows.flatMap((row) => [...row.values()])),
  };
}

function walkOf({ order, positive, endsTie }: Ranking, groupOf: Int32Array): RankedWalk {
  const ends: number[] = [];
  const group: number[] = [];
  const count: number[] = [];
  const close = (stretch: Map<number, number>) => {
    for (const [each, cases] of stretch) {
      group.push(each);
      count.push(cases);
    }
    ends.push(group.length);
    stretch.clear();
  };
  const above = new Map<number, number>();
  const positives = new Map<number, number>();
  const negatives = new Map<number, number>();
  const add = (stretch: Map<number, number>, each: number, cases: number) =>
    stretch.set(each, (stretch.get(each) ?? 0) + cases);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    add(positive[rank] === 1 ? positives : negatives, groupOf[order[rank] ?? 0] ?? 0, 1);
    if (rank > 0 && endsTie[rank - 1] === 0) continue;
    if (positives.size === 0) {
      for (const [each, cases] of negatives) add(above, each, cases);
      negatives.clear();
    } else [above, positives, negatives].forEach(close);
  }
  // Negatives below every positive: a last step without positives.
  [above, positives, negatives].forEach(close);
  return { ends: Int32Array.from(ends), group: Int32Array.from(group), count: Float64Array.from(count) };
}
