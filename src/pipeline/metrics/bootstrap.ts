import type { Estimate } from '../domain/metrics.ts';
import { type BootstrapOptions, intervalOf } from './draws.ts';
import { groupCases } from './grouped-cases.ts';
import { eachResample } from './resample.ts';
import { sampleOf } from './sample.ts';
import type { Cases, Sample } from './types.ts';

/** A figure to put an interval around. */
export interface Statistic {
  /** Reads the sample and keeps nothing of it. */
  readonly value: (sample: Sample) => number | null;
  /** False: too few groups carry the figure, no interval is given. */
  readonly hasInterval: boolean;
}

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
  options: BootstrapOptions,
): Estimate[] {
  const whole = sampleOf(cases);
  const values = statistics.map((statistic) => statistic.value(whole));
  const drawn = statistics.map(({ hasInterval }) => emptyDraws(hasInterval ? options.resamples : 0));
  if (groups >= 2 && statistics.some(({ hasInterval }) => hasInterval)) {
    eachResample([groupCases(cases, groupOf, groups)], groups, options, (resample, [sample]) => {
      if (sample === undefined) return;
      for (const [s, { hasInterval, value }] of statistics.entries()) {
        const into = drawn[s];
        if (hasInterval && into !== undefined) into[resample] = value(sample) ?? Number.NaN;
      }
    });
  }
  return values.map((value, s) => ({ value, ...intervalOf(value, drawn[s] ?? emptyDraws(0)) }));
}

/** A place a resample; NaN until the figure is defined there. */
export function emptyDraws(resamples: number): Float64Array {
  return new Float64Array(resamples).fill(Number.NaN);
}
