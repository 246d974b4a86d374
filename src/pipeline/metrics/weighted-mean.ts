import { ratio } from './confusion.ts';

/** sum(weight * value) / sum(weight); null when nothing has weight. */
export function weightedMean(values: Float64Array, weights: Float64Array): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i] ?? 0;
    sum += weight * (values[i] ?? 0);
    total += weight;
  }
  return ratio(sum, total);
}
