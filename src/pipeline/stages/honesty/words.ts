import type { Estimate } from '../../domain/metrics.ts';

/** `53 %`; a figure that is not defined has no number to show. */
export function percentText(value: number | null): string {
  return value === null ? 'nothing' : `${Math.round(100 * value)} %`;
}

/** `0.53 [0.44, 0.69]`, or without brackets where there is no interval. */
export function figureText({ value, low, high }: Estimate): string {
  if (value === null) return 'not defined';
  if (low === null || high === null) return value.toFixed(2);
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** `p1, p2, p3 and 4 more`. */
export function listText(names: readonly string[], total: number): string {
  const more = total - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
