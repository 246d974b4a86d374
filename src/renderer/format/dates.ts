import { plural } from './numbers.ts';

/** `2026-11-23 14:05` in the time of this machine. */
export function formatDateTime(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '–';
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, roughly; past a week the date itself. */
export function formatAgo(iso: string, nowMs: number): string {
  const agoMs = nowMs - new Date(iso).getTime();
  if (!Number.isFinite(agoMs) || agoMs >= 7 * dayMs) return formatDateTime(iso).slice(0, 10);
  if (agoMs < minuteMs) return 'just now';
  if (agoMs < hourMs) return `${Math.floor(agoMs / minuteMs)} min ago`;
  if (agoMs < dayMs) return `${Math.floor(agoMs / hourMs)} h ago`;
  return `${plural(Math.floor(agoMs / dayMs), 'day')} ago`;
}
