/** A number as people write it; null when it is none. */
export function numberOf(text: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

const secondsOfUnit: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
};

/** `90`, `90s`, `10min`, `1h30min` as seconds. */
export function durationOf(text: string): number | null {
  const plain = numberOf(text);
  if (plain !== null) return plain;
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|sec|s|min|m|h|d)/gi)];
  if (pieces.length === 0 || pieces.map(([piece]) => piece).join('') !== text) return null;
  return pieces.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsOfUnit[unit?.toLowerCase() ?? ''] ?? 0),
    0,
  );
}

/** A stretch of time, ms since 1970: from `start` until just before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const written = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?)?)?$/;

/**
 * `2026`, `2026-01`, `2026-01-31`, `2026-01-31T14:05` in the time of this machine, as the table shows it; each stands for
 * all of that year, month, day or minute. An instant with `Z` or an offset stands for itself.
 */
export function stretchOf(text: string): Stretch | null {
  const parts = written.exec(text)?.slice(1);
  if (parts === undefined) return instantOf(text);
  const given = parts.flatMap((part) => (part === undefined ? [] : [Number(part)]));
  const start = timeOf(given);
  const last = given.length - 1;
  const end = timeOf(given.map((part, index) => (index === last ? part + 1 : part)));
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = given;
  const exists =
    start.getFullYear() === year &&
    start.getMonth() + 1 === month &&
    start.getDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return exists ? { start: start.getTime(), end: end.getTime() } : null;
}

function timeOf([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): Date {
  return new Date(year, month - 1, day, hour, minute, second);
}

function instantOf(text: string): Stretch | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/i.test(text)) return null;
  const start = Date.parse(text);
  return Number.isNaN(start) ? null : { start, end: start + 1 };
}

export function flagOf(text: string): boolean | null {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' ? false : null;
}
