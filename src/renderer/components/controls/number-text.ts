export interface NumberLimits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly integer?: boolean | undefined;
  /** Empty text is the answer "none". */
  readonly allowEmpty?: boolean | undefined;
}

export type NumberReading = { readonly value: number | null } | { readonly problem: string };

const pattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What was typed, as a number within the limits, or what is wrong with it. A decimal comma counts as a point. */
export function readNumber(
  text: string,
  { min, max, integer = false, allowEmpty = false }: NumberLimits,
): NumberReading {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return allowEmpty ? { value: null } : { problem: 'A number is needed.' };
  if (!pattern.test(trimmed)) return { problem: 'This is not a number.' };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { problem: 'This number is too large.' };
  if (integer && !Number.isInteger(value)) return { problem: 'A whole number is needed.' };
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return { problem: rangeOf(min, max) };
  return { value };
}

/** One step up or down, on the grid of the step and within the limits. */
export function stepped(value: number, step: number, direction: 1 | -1, { min, max }: NumberLimits): number {
  const next = Math.round(value / step + direction) * step;
  const rounded = Number(next.toPrecision(12));
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, rounded));
}

function rangeOf(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `At most ${max}.`;
  return max === undefined ? `At least ${min}.` : `From ${min} to ${max}.`;
}
