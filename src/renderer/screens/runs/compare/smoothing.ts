/**
 * Exponential moving average that starts at the first value instead of at 0, as curve viewers draw it.
 * @param weight 0..1 (not 1): how much of what was before stays. 0 changes nothing; null stays null and is passed over.
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  if (weight === 0) return [...values];
  let average = 0;
  let given = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return value;
    average = average * weight + (1 - weight) * value;
    given++;
    return average / (1 - weight ** given);
  });
}
