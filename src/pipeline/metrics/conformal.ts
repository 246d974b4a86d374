/** Indices of the classes that cannot be excluded; may be empty (unlike anything seen) or hold several (unsure). */
export function conformalSet(probabilities: readonly number[], thresholds: readonly number[]): number[] {
  return probabilities.flatMap((probability, k) => (probability >= (thresholds[k] ?? 0) ? [k] : []));
}
