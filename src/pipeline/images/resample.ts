import type { Taps } from './taps.ts';

/** Where a resized channel goes: `out[offset + i * step + c]` for every c below `copies`, as value * gain + shift. */
export interface Target {
  readonly out: Float32Array;
  readonly offset: number;
  readonly step: number;
  readonly copies: number;
  readonly gain: number;
  readonly shift: number;
  /** Sums become whole grey levels before gain and shift; left out: fractions are kept. */
  readonly levels?: Levels | undefined;
}

/** How sums become the whole levels 0..255. */
export interface Levels {
  /** Makes grey 0..255 of a sum. */
  readonly gain: number;
  /** Where a sum lies between two levels: NumPy takes the even one, Pillow the upper one. */
  readonly halves: 'even' | 'up';
}

// One row is in flight at a time and nothing here awaits, so one scratch row serves every call.
let scratch = new Float64Array(4096);

/**
 * Separable resize of a row-major picture of `width` columns: rows are blended first (contiguous memory), then columns.
 * Sums are kept in double precision; there is no rounding to grey levels in between.
 */
export function resample(
  pixels: Uint8Array | Float32Array,
  width: number,
  columns: Taps,
  rows: Taps,
  target: Target,
): void {
  if (scratch.length < width) scratch = new Float64Array(width);
  const left = columns.starts[0] ?? 0;
  const last = columns.starts.length - 1;
  const right = (columns.starts[last] ?? 0) + (columns.counts[last] ?? 0);
  const size = rows.starts.length;
  for (let y = 0; y < size; y++) {
    const count = rows.counts[y] ?? 0;
    const first = rows.starts[y] ?? 0;
    if (pixels instanceof Uint8Array)
      blendBytes(pixels, width, left, right, first, count, rows.weights, y * rows.stride);
    else blendFloats(pixels, width, left, right, first, count, rows.weights, y * rows.stride);
    writeRow(columns, target, target.offset + y * columns.starts.length * target.step);
  }
}

// The two blends are twins on purpose: a loop that meets one array type only runs about twice as fast in V8.
function blendBytes(
  pixels: Uint8Array,
  width: number,
  left: number,
  right: number,
  first: number,
  count: number,
  weights: Float64Array,
  at: number,
): void {
  const row = scratch;
  const odd = count % 2;
  if (odd === 0) row.fill(0, left, right);
  else {
    const weight = weights[at] ?? 0;
    const base = first * width;
    for (let x = left; x < right; x++) row[x] = weight * (pixels[base + x] ?? 0);
  }
  for (let k = odd; k < count; k += 2) {
    const upper = weights[at + k] ?? 0;
    const lower = weights[at + k + 1] ?? 0;
    const base = (first + k) * width;
    const next = base + width;
    for (let x = left; x < right; x++) {
      row[x] = (row[x] ?? 0) + upper * (pixels[base + x] ?? 0) + lower * (pixels[next + x] ?? 0);
    }
  }
}

function blendFloats(
  pixels: Float32Array,
  width: number,
  left: number,
  right: number,
  first: number,
  count: number,
  weights: Float64Array,
  at: number,
): void {
  const row = scratch;
  const odd = count % 2;
  if (odd === 0) row.fill(0, left, right);
  else {
    const weight = weights[at] ?? 0;
    const base = first * width;
    for (let x = left; x < right; x++) row[x] = weight * (pixels[base + x] ?? 0);
  }
  for (let k = odd; k < count; k += 2) {
    const upper = weights[at + k] ?? 0;
    const lower = weights[at + k + 1] ?? 0;
    const base = (first + k) * width;
    const next = base + width;
    for (let x = left; x < right; x++) {
      row[x] = (row[x] ?? 0) + upper * (pixels[base + x] ?? 0) + lower * (pixels[next + x] ?? 0);
    }
  }
}

/** The nearest of the levels 0..255. */
function wholeLevel(grey: number, { halves }: Levels): number {
  const up = Math.floor(grey + 0.5);
  const isOddHalf = halves === 'even' && up - grey === 0.5 && up % 2 !== 0;
  return Math.min(Math.max(isOddHalf ? up - 1 : up, 0), 255);
}

function writeRow(columns: Taps, target: Target, rowStart: number): void {
  const { starts, counts, weights, stride } = columns;
  const { out, step, copies, gain, shift, levels } = target;
  const row = scratch;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0;
    const count = counts[i] ?? 0;
    const base = i * stride;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += (weights[base + k] ?? 0) * (row[start + k] ?? 0);
    const value = (levels === undefined ? sum : wholeLevel(sum * levels.gain, levels)) * gain + shift;
    const at = rowStart + i * step;
    out[at] = value;
    for (let copy = 1; copy < copies; copy++) out[at + copy] = value;
  }
}
