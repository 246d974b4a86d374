import { classMetricInfo, type Estimate, overallMetricInfo } from '../../pipeline/domain/metrics.ts';
import type { EpochRow } from '../../pipeline/protocol.ts';

/** Which way is better; null: neither. */
export type Direction = 'higher' | 'lower' | null;

/** What is recorded of each epoch. */
export const epochFigures = {
  loss: 'lower',
  accuracy: 'higher',
  balanced_accuracy: 'higher',
  validation_loss: 'lower',
  validation_accuracy: 'higher',
  validation_balanced_accuracy: 'higher',
  learning_rate: null,
  elapsed_ms: null,
} as const satisfies Record<Exclude<keyof EpochRow, 'epoch'>, Direction>;
export type EpochFigure = keyof typeof epochFigures;

export function isEpochFigure(name: string): name is EpochFigure {
  return Object.hasOwn(epochFigures, name);
}

const metricInfo = { ...classMetricInfo, ...overallMetricInfo };

/** @param name figure of the epochs (`validation_loss`) or of a run (`scan/balanced_accuracy`, `slice/Stone/sensitivity`) */
export function directionOf(name: string): Direction {
  if (isEpochFigure(name)) return epochFigures[name];
  const metric = name.slice(name.lastIndexOf('/') + 1);
  const info = Object.entries(metricInfo).find(([key]) => key === metric)?.[1];
  if (info === undefined) return null;
  return info.higherIsBetter ? 'higher' : 'lower';
}

/** `↑` higher is better, `↓` lower is better. */
export function arrowOf(direction: Direction): string {
  if (direction === null) return '';
  return direction === 'higher' ? ' ↑' : ' ↓';
}

/** Order with the better value first and values that are not there last. */
export function byMerit(a: number | null, b: number | null, direction: Direction): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction === 'higher' ? b - a : a - b;
}

/** The value with its 95 % interval, where it has one. */
export function estimateText({ value, low, high }: Estimate): string {
  if (value === null) return 'n/a';
  if (low === null || high === null) return numberText(value);
  return `${numberText(value)} [${numberText(low)}, ${numberText(high)}]`;
}

/** Four digits behind the point, or four that count where the number is small. */
export function numberText(value: number | null): string {
  if (value === null) return 'n/a';
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toPrecision(4) : value.toFixed(4);
}
