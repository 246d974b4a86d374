import { classMetricInfo, type Estimate, type MetricInfo, overallMetricInfo } from '../../pipeline/domain/metrics.ts';
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

/** How the figures of the epochs are called for people. */
export const epochFigureTitles: Readonly<Record<EpochFigure, string>> = {
  loss: 'Training loss',
  accuracy: 'Training accuracy',
  balanced_accuracy: 'Training balanced accuracy',
  validation_loss: 'Validation loss',
  validation_accuracy: 'Validation accuracy',
  validation_balanced_accuracy: 'Validation balanced accuracy',
  learning_rate: 'Learning rate',
  elapsed_ms: 'Time, ms',
};

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

/** What a figure of an evaluation is about: `slice/Stone/sensitivity`. A class may hold a `/` itself. */
export function figureParts(name: string): { level: 'scan' | 'slice'; class: string | null; metric: string } | null {
  const [level, ...rest] = name.split('/');
  const metric = rest.pop();
  if ((level !== 'scan' && level !== 'slice') || metric === undefined) return null;
  return { level, class: rest.length === 0 ? null : rest.join('/'), metric };
}

/** `Balanced accuracy, scans`, `Sensitivity of Stone, slices`; a name that is none of ours as it is. */
export function figureTitle(name: string): string {
  const parts = figureParts(name);
  if (parts === null) return name;
  const { level, class: label, metric } = parts;
  const infos = label === null ? overallMetricInfo : classMetricInfo;
  const info: MetricInfo | undefined = Object.entries(infos).find(([key]) => key === metric)?.[1];
  const title = info?.title ?? metric.replaceAll('_', ' ');
  return `${title}${label === null ? '' : ` of ${label}`}, ${level === 'scan' ? 'scans' : 'slices'}`;
}

/** Order of names: figures of all classes before those of one, `scan/…` before `slice/…`. */
export function overallFirst(a: string, b: string): number {
  const depth = (name: string): number => name.split('/').length;
  return depth(a) - depth(b) || (a < b ? -1 : 1);
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
