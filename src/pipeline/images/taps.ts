import type { ResizeRule } from '../domain/contract.ts';

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

/** The part of a source axis that is resized: `length` pixels from `start`, inside `padded` black ones with `before` in front. */
export interface AxisSpan {
  readonly start: number;
  readonly length: number;
  readonly padded: number;
  readonly before: number;
}

/**
 * Weights of one axis. `area` is the exact fractional coverage of each output pixel when shrinking and bilinear when enlarging;
 * `bilinear` and `bicubic` are filters widened by the scale, as Pillow's Resample.c precomputes them; `nearest` takes pixel centres.
 * The plain and corner rules blend two pixels whatever the scale is.
 */
export function axisTaps(span: AxisSpan, size: number, rule: ResizeRule): Taps {
  const scale = span.padded / size;
  const stride = Math.ceil(Math.max(scale, 1) * 4) + 2;
  const taps = {
    starts: new Int32Array(size),
    counts: new Int32Array(size),
    weights: new Float64Array(size * stride),
    stride,
  };
  const fill = fillers[rule];
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

type Fill = (i: number, scale: number, length: number, row: Float64Array) => Run;

const fillers: Record<ResizeRule, Fill> = {
  area: (i, scale, length, row) => (scale >= 1 ? areaTap : triangleTap)(i, scale, length, row),
  bilinear: triangleTap,
  bicubic: (i, scale, length, row) => filterTap(cubic, 2, i, scale, length, row),
  nearest: nearestTap,
  'nearest-corner': (i, scale, length, row) => pixelTap(i * scale, length, row),
  'nearest-pillow': (i, scale, length, row) => pixelTap(steppedTo(i, scale), length, row),
  'bilinear-plain': (i, scale, length, row) => twoTaps((i + 0.5) * scale - 0.5, length, row),
  'bilinear-corner': (i, scale, length, row) => twoTaps(i * scale, length, row),
};

function areaTap(i: number, scale: number, length: number, row: Float64Array): Run {
  const from = i * scale;
  const to = Math.min(from + scale, length);
  const start = Math.floor(from);
  const end = Math.min(Math.max(Math.ceil(to), start + 1), length);
  for (let x = start; x < end; x++) row[x - start] = (Math.min(x + 1, to) - Math.max(x, from)) / scale;
  return { start, count: end - start };
}

const triangle = (distance: number): number => Math.max(1 - Math.abs(distance), 0);

/** Keys' kernel with a = -0.5, as in Pillow. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function triangleTap(i: number, scale: number, length: number, row: Float64Array): Run {
  return filterTap(triangle, 1, i, scale, length, row);
}

/** @param reach of the filter in pixels of the larger of the two pictures */
function filterTap(
  filter: (distance: number) => number,
  reach: number,
  i: number,
  scale: number,
  length: number,
  row: Float64Array,
): Run {
  const widening = Math.max(scale, 1);
  const support = reach * widening;
  const center = (i + 0.5) * scale;
  const start = Math.max(Math.trunc(center - support + 0.5), 0);
  const end = Math.min(Math.trunc(center + support + 0.5), length);
  let sum = 0;
  for (let x = start; x < end; x++) {
    const weight = filter((x - center + 0.5) / widening);
    row[x - start] = weight;
    sum += weight;
  }
  for (let k = 0; k < end - start; k++) row[k] = (row[k] ?? 0) / sum;
  return { start, count: end - start };
}

function nearestTap(i: number, scale: number, length: number, row: Float64Array): Run {
  return pixelTap((i + 0.5) * scale, length, row);
}

function pixelTap(position: number, length: number, row: Float64Array): Run {
  row[0] = 1;
  return { start: Math.min(Math.floor(position), length - 1), count: 1 };
}

/** The centre of an output pixel as Pillow's Geometry.c reaches it: step by step, rounding errors and all. */
function steppedTo(i: number, scale: number): number {
  let position = scale * 0.5;
  for (let step = 0; step < i; step++) position += scale;
  return position;
}

/** The two pixels around a position; beyond the edge the edge itself. */
function twoTaps(position: number, length: number, row: Float64Array): Run {
  const at = Math.min(Math.max(position, 0), length - 1);
  const start = Math.floor(at);
  row[0] = 1 - (at - start);
  row[1] = at - start;
  return { start, count: start + 1 < length ? 2 : 1 };
}
