/** Figures as every screen writes them: English digits, a thin gap before units, a dash where there is none. */
const none = '–';
const counts = new Intl.NumberFormat('en-US');

export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? none : counts.format(count);
}

/** `share` 0..1. */
export function formatPercent(share: number | null | undefined, digits = 1): string {
  return share === null || share === undefined || !Number.isFinite(share) ? none : `${(share * 100).toFixed(digits)} %`;
}

/** A metric or a loss: fixed digits, powers of ten where they would show nothing. */
export function formatFigure(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  const size = Math.abs(value);
  if (size !== 0 && (size < 10 ** -digits || size >= 1e7)) return value.toExponential(Math.max(0, digits - 1));
  return value.toFixed(digits);
}

/** A parameter as it was written: no digits added, none lost. */
export function formatParameter(value: unknown): string {
  if (value === null || value === undefined) return none;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Decimal units, as disks are sold. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return none;
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

export function formatDuration(elapsedMs: number | null | undefined): string {
  if (elapsedMs === null || elapsedMs === undefined || !Number.isFinite(elapsedMs)) return none;
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  const seconds = Math.round(elapsedMs / 1000);
  if (seconds < 10) return `${(elapsedMs / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return parts(minutes, 'min', seconds % 60, 's');
  return parts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

export function formatRate(perSecond: number | null | undefined, what = 'images'): string {
  if (perSecond === null || perSecond === undefined) return none;
  return `${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)} ${what}/s`;
}

/** `1 image`, `2 images`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
