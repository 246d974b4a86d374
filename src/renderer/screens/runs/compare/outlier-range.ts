/** Farther than so many times the middle half's width from it, a value is an outlier (Tukey's outer fence). */
const fence = 3;
/** Fewer values say nothing about what is usual. */
const fewestValues = 8;

/**
 * Ends of a scale that leaves single far-off values out; null where nothing is cut at that end.
 * The ends are values that occur, so that the scale is as wide as what is usual.
 */
export function rangeWithoutOutliers(values: readonly (number | null)[]): readonly [number | null, number | null] {
  const sorted = values.flatMap((value) => (value !== null && Number.isFinite(value) ? [value] : []));
  sorted.sort((a, b) => a - b);
  if (sorted.length < fewestValues) return [null, null];
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = (high - low) * fence;
  if (reach === 0) return [null, null];
  const usual = sorted.filter((value) => value >= low - reach && value <= high + reach);
  const [first, last] = [usual[0], usual.at(-1)];
  if (first === undefined || last === undefined) return [null, null];
  const margin = (last - first) * 0.05;
  return [first === sorted[0] ? null : first - margin, last === sorted.at(-1) ? null : last + margin];
}

/** Between the two nearest values; of at least one value. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}
