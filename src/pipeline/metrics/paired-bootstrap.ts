import type { Estimate } from '../domain/metrics.ts';
import { emptyDraws, type Statistic } from './bootstrap.ts';
import { type BootstrapOptions, intervalOf } from './draws.ts';
import { groupCases } from './grouped-cases.ts';
import { eachResample } from './resample.ts';
import { sampleOf } from './sample.ts';
import type { Cases, Sample } from './types.ts';

/** A figure of two models on the same cases. */
export interface PairedEstimate {
  readonly before: Estimate;
  readonly after: Estimate;
  /** after - before; its interval excludes 0 where the models differ. */
  readonly difference: Estimate;
}

/**
 * Bootstrap of a difference: each resample draws the same patient groups for both models, so what makes a patient hard for
 * both falls out (Efron & Tibshirani 1993, ch. 8). Draws as `bootstrap` for equal seeds and groups.
 * @param before cases of the one model
 * @param after the same cases, in the same order, of the other
 * @param groupOf index 0..groups-1 of each case's patient group
 * @returns one estimate for each statistic, in order
 * @throws RangeError when the two sets differ in size, classes or truth
 */
export function pairedBootstrap(
  before: Cases,
  after: Cases,
  groupOf: Int32Array,
  groups: number,
  statistics: readonly Statistic[],
  options: BootstrapOptions,
): PairedEstimate[] {
  requirePair(before, after);
  const drawn = statistics.map(({ hasInterval }) => {
    const places = hasInterval ? options.resamples : 0;
    return { before: emptyDraws(places), after: emptyDraws(places), difference: emptyDraws(places) };
  });
  if (groups >= 2) {
    const levels = [before, after].map((cases) => groupCases(cases, groupOf, groups));
    eachResample(levels, groups, options, (resample, [first, second]) => {
      if (first === undefined || second === undefined) return;
      for (const [s, into] of drawn.entries()) {
        if (resample >= into.difference.length) continue;
        const figures = figuresOf(statistics[s], first, second);
        into.before[resample] = figures.before ?? Number.NaN;
        into.after[resample] = figures.after ?? Number.NaN;
        into.difference[resample] = figures.difference ?? Number.NaN;
      }
    });
  }
  const [first, second] = [sampleOf(before), sampleOf(after)];
  return drawn.map((of, s) => {
    const figures = figuresOf(statistics[s], first, second);
    const estimate = (name: keyof PairedEstimate): Estimate => ({
      value: figures[name],
      ...intervalOf(figures[name], of[name]),
    });
    return { before: estimate('before'), after: estimate('after'), difference: estimate('difference') };
  });
}

function figuresOf(
  statistic: Statistic | undefined,
  first: Sample,
  second: Sample,
): Record<keyof PairedEstimate, number | null> {
  const before = statistic?.value(first) ?? null;
  const after = statistic?.value(second) ?? null;
  return { before, after, difference: before === null || after === null ? null : after - before };
}

function requirePair(before: Cases, after: Cases): void {
  const paired =
    before.classes === after.classes &&
    before.truth.length === after.truth.length &&
    before.truth.every((truth, i) => truth === after.truth[i]);
  if (!paired) throw new RangeError('expected the same cases from both models');
}
