/**
 * One axis of a separable resize: output i is the sum of `weights[i * stride + k] * input[starts[i] + k]`, k < counts[i].
 * Indices refer to the whole source row, so that a crop or a padding costs nothing.
 */
export interface Taps {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float64Array;
  readonly stride: number;
}

export type ResizeRule = 'area' | 'bilinear' | 'nearest';

/** The part of a source axis that is resized: `length` pixels from `start`, inside `padded` black ones with `before` in front. */
export interface AxisSpan {
  readonly start: number;
  readonly length: number;
  readonly padded: number;
  readonly before: number;
}

/**
 * Weights of one axis. `area` is the exact fractional coverage of each output pixel when shrinking and bilinear when enlarging;
 * `bilinear` is the triangle filter widened by the scale, as Pillow's Resample.c precomputes it; `nearest` takes pixel centres.
 */
export function axisTaps(span: AxisSpan, size: number, rule: ResizeRule): Taps {
  const scale = span.padded / size;
  const stride = Math.ceil(Math.max(scale, 1) * 2) + 2;
  const taps = {
    starts: new Int32Array(size),
    counts: new Int32Array(size),
    weights: new Float64Array(size * stride),
    stride,
  };
  const box = rule === 'area' && scale >= 1;
  const fill = rule === 'nearest' ? nearestTap : box ? areaTap : triangleTap;
  const row = new Float64Array(stride);
  for (let i = 0; i < size; i++) {
    const first = fill(i, scale, span.padded, row);
    clip(taps, i, first.start, first.count, row, span);
  }
  return taps;
}

/** Drops the taps that fall on the black padding and moves the rest to the place in the source row. */
function clip(taps: Taps, i: number, start: number, count: number, row: Float64Array, span: AxisSpan): void {
  const from = Math.max(start - span.before, 0);
  const to = Math.min(start + count - span.before, span.length);
  taps.starts[i] = span.start + from;
  taps.counts[i] = Math.max(to - from, 0);
  for (let k = from; k < to; k++) taps.weights[i * taps.stride + k - from] = row[k + span.before - start] ?? 0;
}

interface Run {
  readonly start: number;
  readonly count: number;
}

function areaTap(i: number, scale: number, length: number, row: Float64Array): Run {
  const from = i * scale;
  const to = Math.min(from + scale, length);
  const start = Math.floor(from);
  const end = Math.min(Math.max(Math.ceil(to), start + 1), length);
  for (let x = start; x < end; x++) row[x - start] = (Math.min(x + 1, to) - Math.max(x, from)) / scale;
  return { start, count: end - start };
}

function triangleTap(i: number, scale: number, length: number, row: Float64Array): Run {
  const support = Math.max(scale, 1);
  const center = (i + 0.5) * scale;
  const start = Math.max(Math.trunc(center - support + 0.5), 0);
  const end = Math.min(Math.trunc(center + support + 0.5), length);
  let sum = 0;
  for (let x = start; x < end; x++) {
    const weight = Math.max(1 - Math.abs((x - center + 0.5) / support), 0);
    row[x - start] = weight;
    sum += weight;
  }
  for (let k = 0; k < end - start; k++) row[k] = (row[k] ?? 0) / sum;
  return { start, count: end - start };
}

function nearestTap(i: number, scale: number, length: number, row: Float64Array): Run {
  row[0] = 1;
  return { start: Math.min(Math.floor((i + 0.5) * scale), length - 1), count: 1 };
}
