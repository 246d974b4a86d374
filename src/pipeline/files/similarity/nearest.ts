import { lowFrequencies, lowFrequencyCount } from './low-frequencies.ts';

/** Rows whose nearest neighbours are found before the event loop gets a turn. */
const rowsATurn = 64;
/** Coordinates that are compared before a pair is given up as too far. */
const block = 11;

/**
 * For each thumbnail the most similar one of another part, by correlation of their low frequencies (143 of the 48x48
 * pixels' 2,303; most of the pattern of a CT slice lies in them). Exact in these.
 * @param thumbnails 48 * 48 grey values each
 * @param isOther whether row j may answer for row i
 * @returns index of the nearest, -1 where no row may answer; the first on ties
 */
export async function nearestThumbnails(
  thumbnails: readonly Float32Array[],
  isOther: (i: number, j: number) => boolean,
  afterRows: (rowsDone: number) => Promise<void>,
): Promise<Int32Array> {
  const points = unitPoints(thumbnails);
  const nearest = new Int32Array(thumbnails.length).fill(-1);
  for (let i = 0; i < thumbnails.length; i++) {
    if (i % rowsATurn === 0) await afterRows(i);
    nearest[i] = nearestOf(points, i, thumbnails.length, isOther);
  }
  return nearest;
}

function nearestOf(points: Float32Array, i: number, count: number, isOther: (i: number, j: number) => boolean): number {
  const from = i * lowFrequencyCount;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let j = 0; j < count; j++) {
    if (j === i || !isOther(i, j)) continue;
    const to = j * lowFrequencyCount;
    let distance = 0;
    for (let k = 0; k < lowFrequencyCount && distance < bestDistance; k += block) {
      for (let c = k; c < k + block; c++) {
        const difference = (points[from + c] ?? 0) - (points[to + c] ?? 0);
        distance += difference * difference;
      }
    }
    if (distance < bestDistance) {
      best = j;
      bestDistance = distance;
    }
  }
  return best;
}

/** Points on the unit sphere: there, distance and correlation order alike. A flat picture stays at the centre. */
function unitPoints(thumbnails: readonly Float32Array[]): Float32Array {
  const points = new Float32Array(thumbnails.length * lowFrequencyCount);
  for (const [i, thumbnail] of thumbnails.entries()) {
    const coefficients = lowFrequencies(thumbnail);
    const norm = Math.sqrt(coefficients.reduce((sum, value) => sum + value * value, 0));
    if (norm === 0) continue;
    for (const [k, value] of coefficients.entries()) points[i * lowFrequencyCount + k] = value / norm;
  }
  return points;
}
