import type { RankedWalk } from './grouped-cases.ts';
import { lanes } from './lanes.ts';

/** Where the two ranked figures of each lane are put; NaN: not defined. */
export interface RankedFigures {
  readonly auc: Float64Array;
  readonly precision: Float64Array;
}

/**
 * AUC and average precision of one class in each lane. Lanes are written out: an inner loop over them would keep its sums in
 * memory, at twice the time. Every count is a whole number, so AUC comes out bit for bit as from the cases themselves.
 * @param times how often each group was drawn, groups*lanes
 */
export function rankedLanes({ ends, group, count }: RankedWalk, times: Float64Array, into: RankedFigures): void {
  let at = 0;
  let above0 = 0;
  let found0 = 0;
  let lost0 = 0;
  let sum0 = 0;
  let above1 = 0;
  let found1 = 0;
  let lost1 = 0;
  let sum1 = 0;
  for (let step = 0; step < ends.length; step += 3) {
    for (const end = ends[step] ?? 0; at < end; at++) {
      const g = (group[at] ?? 0) * lanes;
      const n = count[at] ?? 0;
      above0 += n * (times[g] ?? 0);
      above1 += n * (times[g + 1] ?? 0);
    }
    let here0 = 0;
    let here1 = 0;
    for (const end = ends[step + 1] ?? 0; at < end; at++) {
      const g = (group[at] ?? 0) * lanes;
      const n = count[at] ?? 0;
      here0 += n * (times[g] ?? 0);
      here1 += n * (times[g + 1] ?? 0);
    }
    let tied0 = 0;
    let tied1 = 0;
    for (const end = ends[step + 2] ?? 0; at < end; at++) {
      const g = (group[at] ?? 0) * lanes;
      const n = count[at] ?? 0;
      tied0 += n * (times[g] ?? 0);
      tied1 += n * (times[g + 1] ?? 0);
    }
    lost0 += here0 * (above0 + tied0 / 2);
    above0 += tied0;
    found0 += here0;
    sum0 += here0 * (found0 / Math.max(1, found0 + above0));
    lost1 += here1 * (above1 + tied1 / 2);
    above1 += tied1;
    found1 += here1;
    sum1 += here1 * (found1 / Math.max(1, found1 + above1));
  }
  into.auc[0] = (found0 * above0 - lost0) / (found0 * above0);
  into.precision[0] = sum0 / found0;
  into.auc[1] = (found1 * above1 - lost1) / (found1 * above1);
  into.precision[1] = sum1 / found1;
}
