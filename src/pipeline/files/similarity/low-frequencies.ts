/** Height and width of a thumbnail in pixels. */
export const thumbnailSize = 48;
export const thumbnailPixels = thumbnailSize * thumbnailSize;

/** Frequencies kept on each axis; most of the pattern of a CT slice of this size lies in them. */
const kept = 12;

/** Coefficients that lowFrequencies gives: all pairs of kept frequencies but the mean. */
export const lowFrequencyCount = kept * kept - 1;

/** basis[u * thumbnailSize + x]: the first rows of the orthonormal DCT-II. */
const basis = Float64Array.from({ length: kept * thumbnailSize }, (_, at) => {
  const u = Math.floor(at / thumbnailSize);
  const x = at % thumbnailSize;
  const scale = Math.sqrt((u === 0 ? 1 : 2) / thumbnailSize);
  return scale * Math.cos((Math.PI * (2 * x + 1) * u) / (2 * thumbnailSize));
});

/**
 * Coefficients of the orthonormal 2-D DCT-II without the mean: projections on unit vectors at right angles,
 * so the sum of their squares is at most the variance of the thumbnail times its pixels.
 */
export function lowFrequencies(thumbnail: Float32Array): Float64Array {
  const rows = new Float64Array(thumbnailSize * kept);
  for (let y = 0; y < thumbnailSize; y++) {
    for (let u = 0; u < kept; u++) {
      let sum = 0;
      for (let x = 0; x < thumbnailSize; x++) {
        sum += (thumbnail[y * thumbnailSize + x] ?? 0) * (basis[u * thumbnailSize + x] ?? 0);
      }
      rows[y * kept + u] = sum;
    }
  }
  const result = new Float64Array(lowFrequencyCount);
  for (let v = 0; v < kept; v++) {
    for (let u = 0; u < kept; u++) {
      if (u + v === 0) continue;
      let sum = 0;
      for (let y = 0; y < thumbnailSize; y++) sum += (rows[y * kept + u] ?? 0) * (basis[v * thumbnailSize + y] ?? 0);
      result[v * kept + u - 1] = sum;
    }
  }
  return result;
}
