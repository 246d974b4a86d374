import { greyPicture } from '../../../images/index.ts';
import { kidneyPixels } from '../blank-kidneys.ts';
import type { Control } from '../control.ts';

const levels = 256;
const bins = 16;
const percentiles = [1, 5, 25, 50, 75, 95, 99];

/** How grey values are distributed over the picture, never where they are; the kidneys are left out. */
export const brightness: Control = {
  name: 'brightness',
  title: 'Brightness',
  sees: 'histogram, mean, spread and percentiles of the grey values outside the kidneys; not where they are',
  tells: 'Brightness alone tells the class',
  suspicion: 'Windows, scanners or screen captures differ by class, and a model may learn those.',
  look: ({ image, contract }) => {
    const grey = greyPicture(image, contract);
    const { first, last } = kidneyPixels(image);
    return { numbers: statisticsOf(outside(grey, first, last)) };
  },
  asTheModel: false,
};

/** A stone or a cyst is brightness too: where they may lie is left out. */
function outside(grey: Float32Array, first: number, last: number): Float32Array {
  const rest = new Float32Array(grey.length - (last - first));
  rest.set(grey.subarray(0, first));
  rest.set(grey.subarray(last), first);
  return rest;
}

/** @param grey 0..255. @returns shares and grey values as parts of 1 */
function statisticsOf(grey: Float32Array): number[] {
  const counts = new Float64Array(levels);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < grey.length; i++) {
    const value = Math.min(Math.max(grey[i] ?? 0, 0), levels - 1);
    const level = Math.round(value);
    counts[level] = (counts[level] ?? 0) + 1;
    sum += value;
    squares += value * value;
  }
  // A picture of a few rows may be all kidney.
  const total = Math.max(1, grey.length);
  const mean = sum / total;
  const spread = Math.sqrt(Math.max(0, squares / total - mean * mean));
  const shares = new Array<number>(bins).fill(0);
  for (const [level, count] of counts.entries()) {
    const bin = Math.floor((level * bins) / levels);
    shares[bin] = (shares[bin] ?? 0) + count / total;
  }
  const scaled = [mean, spread, ...percentilesOf(counts, total)].map((value) => value / (levels - 1));
  return [...shares, ...scaled];
}

function percentilesOf(counts: Float64Array, total: number): number[] {
  return percentiles.map((percentile) => {
    let below = 0;
    const level = counts.findIndex((count) => {
      below += count;
      return below >= (percentile / 100) * total;
    });
    return Math.max(0, level);
  });
}
