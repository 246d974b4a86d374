import type { Estimate } from '../domain/metrics.ts';
import { randomFrom } from '../domain/random.ts';

/** How a bootstrap draws. */
export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
}

const coverage = 0.95;

/**
 * How often each group is drawn, resample after resample; the same array each time, filled anew. Each resample draws as many
 * groups as there are, one number of the sequence `['bootstrap', seed]` a draw.
 */
export function groupDraws(groups: number, seed: number): () => Float64Array {
  const random = randomFrom('bootstrap', seed);
  const times = new Float64Array(groups);
  return () => {
    times.fill(0);
    for (let draw = 0; draw < groups; draw++) {
      const group = random.below(groups);
      times[group] = (times[group] ?? 0) + 1;
    }
    return times;
  };
}

/**
 * Percentile interval of a figure. Resamples in which it was not defined are NaN and left out; when fewer than half are
 * defined there is no interval.
 * @param drawn a value a resample; sorted in place
 */
export function intervalOf(value: number | null, drawn: Float64Array): Pick<Estimate, 'low' | 'high'> {
  // NaN sorts to the end.
  drawn.sort();
  const firstUndefined = drawn.findIndex((each) => Number.isNaN(each));
  const defined = firstUndefined === -1 ? drawn : drawn.subarray(0, firstUndefined);
  if (value === null || defined.length === 0 || defined.length < drawn.length / 2) return { low: null, high: null };
  const tail = (1 - coverage) / 2;
  return { low: quantile(defined, tail), high: quantile(defined, 1 - tail) };
}

/** Quantile of sorted values, linear between neighbours (numpy's default; Hyndman & Fan 1996, type 7). */
export function quantile(sorted: Float64Array, fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}
