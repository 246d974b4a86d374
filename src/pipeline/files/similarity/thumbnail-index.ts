import { lowFrequencies, lowFrequencyCount, thumbnailPixels } from './low-frequencies.ts';

/**
 * Correlations between 48x48 thumbnails, with a cheap test that rules most pairs out exactly.
 * A thumbnail with zero mean and unit norm is a point; corr = 1 - distance²/2. Its first coefficients in an orthonormal
 * transform (2-D DCT), together with the length of the rest, give a distance that is never larger (Parseval and the
 * triangle inequality), so a pair that is too far apart there cannot correlate enough.
 */
export interface ThumbnailIndex {
  readonly count: number;
  /** Pearson correlation of two thumbnails, -1..1; 0 when one of them is flat. */
  correlation(i: number, j: number): number;
  /** False only when the correlation is certainly below `atLeast`. */
  mayReach(i: number, j: number, atLeast: number): boolean;
  /** The coordinate with the largest spread, for a sorted sweep. */
  firstCoordinate(i: number): number;
}

/** Coordinates of a point: low-frequency coefficients and the length of the rest. */
const width = lowFrequencyCount + 1;
const block = 8;
/** Covers the rounding of 32-bit coordinates (about 1e-7 each). */
const slack = 1e-5;

/** @param thumbnails 48 * 48 grey values each, row-major, any scale */
export function indexThumbnails(thumbnails: readonly Float32Array[]): ThumbnailIndex {
  const count = thumbnails.length;
  const means = new Float64Array(count);
  const norms = new Float64Array(count);
  const raw = new Float32Array(count * width);
  for (const [i, thumbnail] of thumbnails.entries()) {
    const { mean, norm } = moments(thumbnail);
    means[i] = mean;
    norms[i] = norm;
    if (norm > 0) writePoint(raw.subarray(i * width, (i + 1) * width), thumbnail, norm);
  }
  const points = bySpread(raw, count);
  const at = (i: number): Float32Array => thumbnails[i] ?? new Float32Array(thumbnailPixels);
  return {
    count,
    firstCoordinate: (i) => points[i * width] ?? 0,
    mayReach(i, j, atLeast) {
      const limit = squaredDistance(atLeast) + slack;
      const [a, b] = [i * width, j * width];
      let sum = 0;
      for (let k = 0; k < width; k += block) {
        const end = Math.min(k + block, width);
        for (let c = k; c < end; c++) {
          const difference = (points[a + c] ?? 0) - (points[b + c] ?? 0);
          sum += difference * difference;
        }
        if (sum > limit) return false;
      }
      return true;
    },
    correlation(i, j) {
      const norm = (norms[i] ?? 0) * (norms[j] ?? 0);
      return norm > 0 ? (dot(at(i), at(j)) - thumbnailPixels * (means[i] ?? 0) * (means[j] ?? 0)) / norm : 0;
    },
  };
}

/** Squared distance of two unit vectors with this correlation. */
function squaredDistance(correlation: number): number {
  return 2 * (1 - correlation);
}

/**
 * Calls `visit` once for every pair i, j that correlates at least so much and is not skipped.
 * Exact: a sweep along one coordinate, then `mayReach`, then the correlation itself.
 */
export function forSimilarPairs(
  index: ThumbnailIndex,
  atLeast: number,
  skip: (i: number, j: number) => boolean,
  visit: (i: number, j: number, correlation: number) => void,
): void {
  const reach = Math.sqrt(squaredDistance(atLeast) + slack);
  const order = Uint32Array.from({ length: index.count }, (_, i) => i);
  order.sort((i, j) => index.firstCoordinate(i) - index.firstCoordinate(j) || i - j);
  for (let p = 0; p < order.length; p++) {
    const i = order[p] ?? 0;
    const farthest = index.firstCoordinate(i) + reach;
    for (let q = p + 1; q < order.length; q++) {
      const j = order[q] ?? 0;
      if (index.firstCoordinate(j) > farthest) break;
      if (!index.mayReach(i, j, atLeast) || skip(i, j)) continue;
      const correlation = index.correlation(i, j);
      if (correlation >= atLeast) visit(i, j, correlation);
    }
  }
}

function writePoint(point: Float32Array, thumbnail: Float32Array, norm: number): void {
  const coefficients = lowFrequencies(thumbnail);
  let energy = 0;
  for (const [k, value] of coefficients.entries()) {
    const unit = value / norm;
    point[k] = unit;
    energy += unit * unit;
  }
  point[lowFrequencyCount] = Math.sqrt(Math.max(0, 1 - energy));
}

/** The same points with the coordinates that differ most first: far pairs are then told apart after a few terms. */
function bySpread(points: Float32Array, count: number): Float32Array {
  const spread = Array.from({ length: width }, (_, c) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const value = points[i * width + c] ?? 0;
      sum += value;
      squares += value * value;
    }
    return { c, variance: squares - (sum * sum) / Math.max(1, count) };
  }).sort((a, b) => b.variance - a.variance || a.c - b.c);
  const sorted = new Float32Array(points.length);
  for (const [to, { c }] of spread.entries()) {
    for (let i = 0; i < count; i++) sorted[i * width + to] = points[i * width + c] ?? 0;
  }
  return sorted;
}

function moments(values: Float32Array): { mean: number; norm: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const norm = Math.sqrt(squares);
  // A flat picture has no pattern to compare; what rounding leaves of it is not one.
  return { mean, norm: norm > 1e-6 * (1 + Math.abs(mean)) * Math.sqrt(values.length) ? norm : 0 };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < thumbnailPixels; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}
