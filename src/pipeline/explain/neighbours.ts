/** A distance to the rows of a case base. */
export interface CaseBase {
  /** Cosine distance (0 alike, 1 unrelated, 2 opposite) to every row, by features standardised over these rows. */
  distances(features: ArrayLike<number>): Float64Array;
}

/**
 * Cosine of standardised features: without the mean taken off every image is near every other (pooled features are nearly all
 * positive), and without the spread a few wide features would decide alone. A feature that never varies says nothing.
 * @param features N × dimensions, row-major
 */
export function caseBase(features: Float32Array, dimensions: number): CaseBase {
  const rows = features.length / dimensions;
  const { mean, scale } = standards(features, dimensions);
  const directions = new Float32Array(features.length);
  for (let row = 0; row < rows; row++) {
    const own = features.subarray(row * dimensions, (row + 1) * dimensions);
    directions.set(directionOf(own, mean, scale), row * dimensions);
  }
  return {
    distances(vector) {
      const direction = directionOf(vector, mean, scale);
      return Float64Array.from({ length: rows }, (_, row) => {
        let cosine = 0;
        for (let column = 0; column < dimensions; column++) {
          cosine += (direction[column] ?? 0) * (directions[row * dimensions + column] ?? 0);
        }
        return Math.min(2, Math.max(0, 1 - cosine));
      });
    },
  };
}

function standards(features: Float32Array, dimensions: number): { mean: Float64Array; scale: Float64Array } {
  const rows = features.length / dimensions;
  const mean = new Float64Array(dimensions);
  const variance = new Float64Array(dimensions);
  for (let at = 0, column = 0; at < features.length; at++, column = (column + 1) % dimensions) {
    mean[column] = (mean[column] ?? 0) + (features[at] ?? 0) / rows;
  }
  for (let at = 0, column = 0; at < features.length; at++, column = (column + 1) % dimensions) {
    variance[column] = (variance[column] ?? 0) + ((features[at] ?? 0) - (mean[column] ?? 0)) ** 2 / rows;
  }
  return { mean, scale: variance.map((value) => (value > 0 ? 1 / Math.sqrt(value) : 0)) };
}

/** The standardised vector, of length 1 unless it is all zero. */
function directionOf(vector: ArrayLike<number>, mean: Float64Array, scale: Float64Array): Float64Array {
  const result = mean.map((middle, column) => ((vector[column] ?? 0) - middle) * (scale[column] ?? 0));
  const length = Math.sqrt(result.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? result.map((value) => value / length) : result;
}

/** A case that may be a neighbour. */
export interface Case {
  readonly scan: string;
  readonly group: string;
}

/**
 * Places of the nearest cases, nearest first, one of each scan: neighbouring slices would say one thing several times.
 * @param isOwn whose scan or patient is the image's own
 */
export function nearestCases<T extends Case>(
  cases: readonly T[],
  distances: Float64Array,
  isOwn: (each: T) => boolean,
  count: number,
): { readonly case: T; readonly distance: number }[] {
  const order = Array.from(cases.keys()).sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b);
  const found: { case: T; distance: number }[] = [];
  const scans = new Set<string>();
  for (const index of order) {
    const each = cases[index];
    if (each === undefined || scans.has(each.scan) || isOwn(each)) continue;
    scans.add(each.scan);
    found.push({ case: each, distance: distances[index] ?? 0 });
    if (found.length === count) break;
  }
  return found;
}
