import { randomFrom } from '../../domain/random.ts';

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Figures of a sealed file: four digits are more than they are worth, and no rounding noise is sealed. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4 || 0;
}

const resamples = 2000;

/** Mean with the 95 % percentile interval of resampled groups. */
export function meanWithInterval(cases: readonly { readonly value: number; readonly group: string }[]): {
  value: number;
  low: number;
  high: number;
} {
  const groups = [...Map.groupBy(cases, ({ group }) => group).values()].map((own) => own.map(({ value }) => value));
  const random = randomFrom('trust interval', groups.length);
  const means = Float64Array.from({ length: resamples }, () =>
    mean(groups.flatMap(() => groups[random.below(groups.length)] ?? [])),
  ).sort();
  const at = (share: number): number => means[Math.round(share * (resamples - 1))] ?? 0;
  return { value: rounded(mean(groups.flat())), low: rounded(at(0.025)), high: rounded(at(0.975)) };
}

/** A share with Wilson's 95 % interval, which stays inside 0..1 for few cases. */
export function shareWithInterval(hits: number, of: number): { value: number; low: number; high: number } {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const z = 1.96;
  const p = hits / of;
  const middle = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2));
  return { value: rounded(p), low: rounded(Math.max(0, middle - half)), high: rounded(Math.min(1, middle + half)) };
}
