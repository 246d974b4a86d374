import { stepped } from '../../../components/controls/number-text.ts';
import type { ShapeOf } from './shapes.ts';

const pattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What was typed: a number where it is one, else the text itself. A decimal comma counts as a point. */
export function typedValue(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed.replace(',', '.'));
  return pattern.test(trimmed.replace(',', '.')) && Number.isFinite(number) ? number : trimmed;
}

/** How a value of the form stands in its box. */
export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

type NumberShape = Pick<ShapeOf<'number'>, 'integer' | 'min' | 'max' | 'above'>;

/** One press of an arrow key, within the limits. */
export function steppedValue(value: unknown, direction: 1 | -1, { integer, min, max, above }: NumberShape): number {
  const now = typeof value === 'number' ? value : (min ?? above ?? 0);
  const step = stepOf(now, integer);
  const next = stepped(now, step, direction, { min, max });
  return above !== undefined && next <= above ? now : next;
}

const fractionSteps = [0.05, 0.01, 0.005, 0.001];

/** Shares go by the coarsest usual step that they lie on; tiny numbers by a tenth of their size. */
function stepOf(now: number, integer: boolean): number {
  if (integer) return 1;
  const size = Math.abs(now);
  if (size >= 10) return 1;
  const fitting = fractionSteps.find((step) => Math.abs(size / step - Math.round(size / step)) < 1e-9);
  if (size >= 0.02 || size === 0) return fitting ?? 0.001;
  return 10 ** (Math.floor(Math.log10(size) + 1e-9) - 1);
}
