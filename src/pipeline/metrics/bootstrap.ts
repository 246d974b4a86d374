import type { Estimate } from '../domain/metrics.ts';
import { randomFrom } from '../domain/random.ts';
import { sampleOf } from './sample.ts';
import type { Cases, Sample } from './types.ts';

/** A figure to put an interval around. */
export interface Statistic {
  readonly value: (sample: Sample) => number | null;
  /** False: too few groups carry the figure, no interval is given. */
  readonly hasInterval: boolean;
}

export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
}

const coverage = 0.95;

/**
 * Percentile bootstrap over patient groups (Efron & Tibshirani 1993, ch. 13; groups as units: Field & Welsh 2007).
 *
 * Each resample draws as many groups as there are, with replacement, whole and without strata: which classes the patients
 * of a study have is chance too, and strata would leave nothing to draw in a class with one patient. A resample in which a
 * figure is not defined is left out of that figure; when fewer than half are defined there is no interval, nor with
 * fewer than two groups. Two sets of cases with the same groups and seed see the same draws, so that their intervals pair.
 *
 * @param groupOf index 0..groups-1 of each case's patient group
 * @returns one estimate for each statistic, in order
 */
export function bootstrap(
  cases: Cases,
  groupOf: Int32Array,
  groups: number,
  statistics: readonly Statistic[],
  { resamples, seed }: BootstrapOptions,
): Estimate[] {
  const whole = sampleOf(cases);
  const values = statistics.map((statistic) => statistic.value(whole));
  const drawn = statistics.map((): number[] => []);
  if (groups >= 2 && statistics.some((statistic) => statistic.hasInterval)) {
    for (const weights of groupDraws(groupOf, groups, { resamples, seed })) {
      const sample = sampleOf(cases, weights);
      statistics.forEach((statistic, s) => {
        const value = statistic.hasInterval ? statistic.value(sample) : null;
        if (value !== null) drawn[s]?.push(value);
      });
    }
  }
  return values.map((value, s) => ({ value, ...intervalOf(value, drawn[s] ?? [], resamples) }));
}

/** Weights of the cases, resample after resample; the same array each time, filled anew. */
function* groupDraws(
  groupOf: Int32Array,
  groups: number,
  { resamples, seed }: BootstrapOptions,
): Generator<Float64Array> {
  const random = randomFrom('bootstrap', seed);
  const times = new Float64Array(groups);
  const weights = new Float64Array(groupOf.length);
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let draw = 0; draw < groups; draw++) {
      const group = random.below(groups);
      times[group] = (times[group] ?? 0) + 1;
    }
    for (let i = 0; i < weights.length; i++) weights[i] = times[groupOf[i] ?? 0] ?? 0;
    yield weights;
  }
}

function intervalOf(value: number | null, drawn: readonly number[], resamples: number): Pick<Estimate, 'low' | 'high'> {
  if (value === null || drawn.length === 0 || drawn.length < resamples / 2) return { low: null, high: null };
  const sorted = Float64Array.from(drawn).sort();
  const tail = (1 - coverage) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/** Quantile of sorted values, linear between neighbours (numpy's default; Hyndman & Fan 1996, type 7). */
export function quantile(sorted: Float64Array, fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}
