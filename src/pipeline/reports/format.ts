import type { Estimate } from '../domain/metrics.ts';

export const notDefined = 'not defined';

/** `0.531 [0.440, 0.690]`; says so where there is no figure or no interval. */
export function formatEstimate({ value, low, high }: Estimate): string {
  if (value === null) return notDefined;
  if (low === null || high === null) return `${formatFigure(value)} [no interval]`;
  return `${formatFigure(value)} [${formatFigure(low)}, ${formatFigure(high)}]`;
}

/** Three decimals, as many as the intervals ever justify. */
export function formatFigure(value: number): string {
  return value.toFixed(3);
}

/** `12,446`, the same in every locale. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 scan`, `7 scans`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** At most `length` characters, the end replaced by an ellipsis. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
