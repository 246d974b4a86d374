import { resample, type Target } from './resample.ts';
import type { Taps } from './taps.ts';

/**
 * The resize of Pillow for 8 bit: columns first, whole grey levels in between, then rows, and whole levels again.
 * @param target with the gain that makes grey 0..255 of the source
 */
export function resampleByPasses(
  pixels: Uint8Array | Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  columns: Taps,
  rows: Taps,
  target: Omit<Target, 'levels'>,
  gain: number,
): void {
  const halves = 'up' as const;
  const size = columns.starts.length;
  const between = new Float32Array(size * height);
  const whole = { out: between, offset: 0, step: 1, copies: 1, gain: 1, shift: 0, levels: { gain, halves } };
  resample(pixels, width, columns, unchanged(height), whole);
  resample(between, size, unchanged(size), rows, { ...target, levels: { gain: 1, halves } });
}

function unchanged(length: number): Taps {
  const starts = Int32Array.from({ length }, (_, index) => index);
  return { starts, counts: new Int32Array(length).fill(1), weights: new Float64Array(length).fill(1), stride: 1 };
}
