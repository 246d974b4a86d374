import type { Estimate } from '../../../../pipeline/domain/metrics.ts';

export type Better = 'higher' | 'lower' | null;

/** A figure against the same figure of the baseline. */
export interface Difference {
  readonly by: number;
  /** Only where both are honest and have intervals that do not even touch; else it may be chance. */
  readonly verdict: 'better' | 'worse' | null;
}

/** @param better null: neither way, or one of them is leaky and nothing can be said. @returns null where one has no value */
export function differenceTo(base: Estimate | null, figure: Estimate | null, better: Better): Difference | null {
  if (base === null || figure === null || base.value === null || figure.value === null) return null;
  const by = figure.value - base.value;
  if (better === null || !areApart(base, figure)) return { by, verdict: null };
  return { by, verdict: by > 0 === (better === 'higher') ? 'better' : 'worse' };
}

function areApart(a: Estimate, b: Estimate): boolean {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return false;
  return a.low > b.high || b.low > a.high;
}

/** `+0.032`, `-0.100`; no sign where it is 0 in these digits. */
export function differenceText(by: number, digits = 3): string {
  const text = Math.abs(by).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${by > 0 ? '+' : '−'}${text}`;
}

/** Ends of the scale that a figure of several runs is drawn on: 0..1 where all lie in it, else from 0 to the largest. */
export function scaleOf(values: readonly (Estimate | null)[]): readonly [min: number, max: number] {
  const ends = values.flatMap((each) => [each?.value, each?.low, each?.high]).filter((end) => typeof end === 'number');
  return [Math.min(0, ...ends), Math.max(1, ...ends)];
}

/**
 * Indices of the best figure among the runs that are not leaky, several where they are equal; none where fewer than two of
 * them have a value, all are equal, or neither way is better.
 */
export function bestHonest(
  values: readonly (Estimate | null)[],
  better: Better,
  isLeaky: (index: number) => boolean,
): ReadonlySet<number> {
  const honest = values.flatMap((each, index) => {
    const value = each?.value ?? null;
    return value === null || isLeaky(index) ? [] : [{ index, value }];
  });
  const all = honest.map(({ value }) => value);
  if (better === null || new Set(all).size < 2) return new Set();
  const best = better === 'higher' ? Math.max(...all) : Math.min(...all);
  return new Set(honest.filter(({ value }) => value === best).map(({ index }) => index));
}
