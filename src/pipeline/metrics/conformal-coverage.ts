import type { Estimate } from '../domain/metrics.ts';
import { bootstrapSums } from './bootstrap-sums.ts';
import { conformalSet } from './conformal.ts';
import { ratio } from './confusion.ts';
import type { BootstrapOptions } from './draws.ts';
import { groupsOf } from './groups.ts';
import type { GroupedCase } from './scan-cases.ts';

export interface GroupCoverage {
  readonly group: string;
  readonly cases: number;
  /** Cases whose set holds the truth. */
  readonly covered: number;
}

export interface ConformalCoverage {
  /** Share of cases whose set holds the truth, interval over patient groups. */
  readonly overall: Estimate;
  /** The same among the cases of each class. */
  readonly byClass: readonly Estimate[];
  /** Sorted by name. */
  readonly byGroup: readonly GroupCoverage[];
  /** Classes in a set, mean; null without cases. */
  readonly meanSetSize: number | null;
  /** Share of sets that hold exactly one class. */
  readonly single: number | null;
  /** Share of empty sets. */
  readonly empty: number | null;
}

/** How often the sets hold the truth, measured on cases that did not set the thresholds. */
export function coverageByGroup(
  cases: readonly GroupedCase[],
  thresholds: readonly number[],
  options: BootstrapOptions,
): ConformalCoverage {
  const { names, groupOf } = groupsOf(cases);
  const sets = cases.map(({ probabilities }) => conformalSet(probabilities, thresholds));
  const covered = cases.map(({ truth }, i) => sets[i]?.includes(truth) === true);
  // Columns: cases and covered cases of each class.
  const columns = 2 * thresholds.length;
  const sums = new Float64Array(names.length * columns);
  const byGroup = names.map((group) => ({ group, cases: 0, covered: 0 }));
  cases.forEach(({ truth }, i) => {
    const group = groupOf[i] ?? 0;
    const cell = group * columns + 2 * truth;
    const hit = covered[i] === true ? 1 : 0;
    sums[cell] = (sums[cell] ?? 0) + 1;
    sums[cell + 1] = (sums[cell + 1] ?? 0) + hit;
    const row = byGroup[group];
    if (row !== undefined) byGroup[group] = { group: row.group, cases: row.cases + 1, covered: row.covered + hit };
  });
  const all = (total: Float64Array, from: number) =>
    total.reduce((sum, each, column) => (column % 2 === from ? sum + each : sum), 0);
  const [overall, ...byClass] = bootstrapSums(
    sums,
    columns,
    [
      (total) => ratio(all(total, 1), all(total, 0)),
      ...thresholds.map((_, k) => (total: Float64Array) => ratio(total[2 * k + 1] ?? 0, total[2 * k] ?? 0)),
    ],
    options,
  );
  const share = (holds: (size: number) => boolean) =>
    ratio(sets.filter((set) => holds(set.length)).length, sets.length);
  return {
    overall: overall ?? { value: null, low: null, high: null },
    byClass,
    byGroup,
    meanSetSize: ratio(
      sets.reduce((sum, set) => sum + set.length, 0),
      sets.length,
    ),
    single: share((size) => size === 1),
    empty: share((size) => size === 0),
  };
}
