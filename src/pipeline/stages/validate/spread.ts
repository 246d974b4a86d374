import { type Estimate, type Metrics, overallMetricNames } from '../../domain/metrics.ts';
import type { Spread, Validation } from '../../domain/validation.ts';

/** How each figure of a level comes out over the repeats. */
export function spreadsOf(
  repeats: readonly Pick<Metrics, 'scan' | 'slice'>[],
  level: 'scan' | 'slice',
): Validation['spread']['scan'] {
  return Object.fromEntries(
    overallMetricNames.map((name) => [name, spreadOf(repeats.map((each) => each[level][name]))]),
  );
}

/** Repeats in which the figure is not defined are left out. */
export function spreadOf(estimates: readonly Estimate[]): Spread {
  const values = defined(estimates.map(({ value }) => value));
  const average = meanOf(values);
  return {
    mean: average,
    sd: deviationOf(values, average),
    min: values.length === 0 ? null : Math.min(...values),
    max: values.length === 0 ? null : Math.max(...values),
    low: meanOf(defined(estimates.map(({ low }) => low))),
    high: meanOf(defined(estimates.map(({ high }) => high))),
  };
}

function defined(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[], average: number | null): number | null {
  if (average === null || values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
}
