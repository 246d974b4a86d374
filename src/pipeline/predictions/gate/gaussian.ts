/** One bell over vectors of n values: mean, spread of each value, and the Cholesky factor of their shrunk correlation. */
export interface Gaussian {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Lower triangle, row by row: n (n + 1) / 2 values. */
  readonly factor: Float64Array;
}

/** Share of the mean variance that stands in for the covariance; tried 0.03, 0.1 and 0.3 on CT, all alike. */
const shrinkage = 0.1;
/** No spread is below this share of the median one: a value that hardly varies would refuse everything. */
const leastSpread = 0.1;

/** @param vectors at least two, of equal length */
export function fitGaussian(vectors: readonly Float64Array[]): Gaussian {
  const dimensions = vectors[0]?.length ?? 0;
  const mean = new Float64Array(dimensions);
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0);
  for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] ?? 0) / vectors.length;
  const spread = spreadOf(vectors, mean);
  return { mean, spread, factor: cholesky(covariance(vectors, mean, spread), dimensions) };
}

/** Squared Mahalanobis distance a dimension: about 1 for vectors like those it was fitted on. */
export function distanceFrom({ mean, spread, factor }: Gaussian, vector: Float64Array): number {
  const solved = new Float64Array(mean.length);
  let sum = 0;
  for (let i = 0, at = 0; i < mean.length; i++) {
    let rest = ((vector[i] ?? 0) - (mean[i] ?? 0)) / (spread[i] ?? 1);
    for (let j = 0; j < i; j++, at++) rest -= (factor[at] ?? 0) * (solved[j] ?? 0);
    const value = rest / (factor[at] ?? 1);
    at++;
    solved[i] = value;
    sum += value * value;
  }
  return sum / mean.length;
}

function spreadOf(vectors: readonly Float64Array[], mean: Float64Array): Float64Array {
  const variance = new Float64Array(mean.length);
  for (const vector of vectors) {
    for (let i = 0; i < mean.length; i++) {
      variance[i] = (variance[i] ?? 0) + ((vector[i] ?? 0) - (mean[i] ?? 0)) ** 2 / vectors.length;
    }
  }
  const varying = variance.filter((value) => value > 0).sort();
  const median = Math.sqrt(varying[Math.floor(varying.length / 2)] ?? 1);
  return variance.map((value) => Math.sqrt(value + (leastSpread * median) ** 2));
}

/** Lower triangle of the covariance of the scaled vectors, shrunk towards its mean variance. */
function covariance(vectors: readonly Float64Array[], mean: Float64Array, spread: Float64Array): Float64Array {
  const n = mean.length;
  const lower = new Float64Array((n * (n + 1)) / 2);
  const scaled = new Float64Array(n);
  for (const vector of vectors) {
    for (let i = 0; i < n; i++) scaled[i] = ((vector[i] ?? 0) - (mean[i] ?? 0)) / (spread[i] ?? 1);
    for (let i = 0, at = 0; i < n; i++) {
      const weight = (scaled[i] ?? 0) / vectors.length;
      for (let j = 0; j <= i; j++, at++) lower[at] = (lower[at] ?? 0) + weight * (scaled[j] ?? 0);
    }
  }
  let trace = 0;
  for (let i = 0; i < n; i++) trace += lower[diagonal(i)] ?? 0;
  const floor = trace > 0 ? (shrinkage * trace) / n : 1;
  for (let at = 0; at < lower.length; at++) lower[at] = (lower[at] ?? 0) * (1 - shrinkage);
  for (let i = 0; i < n; i++) lower[diagonal(i)] = (lower[diagonal(i)] ?? 0) + floor;
  return lower;
}

/** In place. Positive definite because of the shrinkage. */
function cholesky(lower: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = (i * (i + 1)) / 2;
    for (let j = 0; j <= i; j++) {
      const other = (j * (j + 1)) / 2;
      let sum = lower[row + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[row + k] ?? 0) * (lower[other + k] ?? 0);
      lower[row + j] = i === j ? Math.sqrt(sum) : sum / (lower[other + j] ?? 1);
    }
  }
  return lower;
}

function diagonal(i: number): number {
  return (i * (i + 1)) / 2 + i;
}
