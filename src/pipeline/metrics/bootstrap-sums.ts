import type { Estimate } from '../domain/metrics.ts';
import { type BootstrapOptions, groupDraws, intervalOf } from './draws.ts';

/** A figure from sums over cases: shares, means, ratios. null where it is not defined. */
export type SumStatistic = (sums: Float64Array) => number | null;

/**
 * Percentile bootstrap over patient groups of figures that are made of sums: each group is summed once, a resample adds
 * the groups drawn. Same draws as `bootstrap` for equal seeds and groups.
 * @param groupSums groups*columns, row-major: what each group adds to each sum
 */
export function bootstrapSums(
  groupSums: Float64Array,
  columns: number,
  statistics: readonly SumStatistic[],
  { resamples, seed }: BootstrapOptions,
): Estimate[] {
  const groups = groupSums.length / columns;
  const sums = new Float64Array(columns);
  const addUp = (times: Float64Array): Float64Array => {
    sums.fill(0);
    for (let group = 0; group < groups; group++) {
      const weight = times[group] ?? 0;
      if (weight === 0) continue;
      for (let column = 0; column < columns; column++) {
        sums[column] = (sums[column] ?? 0) + weight * (groupSums[group * columns + column] ?? 0);
      }
    }
    return sums;
  };
  const values = statistics.map((statistic) => statistic(addUp(new Float64Array(groups).fill(1))));
  const drawn = statistics.map(() => new Float64Array(resamples).fill(Number.NaN));
  if (groups >= 2) {
    const draw = groupDraws(groups, seed);
    for (let resample = 0; resample < resamples; resample++) {
      addUp(draw());
      statistics.forEach((statistic, s) => {
        const into = drawn[s];
        if (into !== undefined) into[resample] = statistic(sums) ?? Number.NaN;
      });
    }
  }
  return values.map((value, s) => ({ value, ...intervalOf(value, drawn[s] ?? new Float64Array(0)) }));
}
