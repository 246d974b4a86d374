import { HilumError } from '../../../../domain/errors.ts';
import type { Codec } from './codec.ts';

/** RLE Lossless (PS3.5 annex G): one PackBits segment a byte plane, most significant byte first, sample by sample. */
export const rle: Codec = {
  decode({ bytes, pixels }) {
    const { rows, columns, samples, bitsAllocated } = pixels;
    const width = bitsAllocated / 8;
    const count = rows * columns;
    const segments = readSegments(bytes);
    if (segments.length !== samples * width) {
      throw new HilumError('image/corrupt', { format: 'RLE', what: `${segments.length} segments` });
    }
    const values = width === 1 ? new Uint8Array(count * samples) : new Uint16Array(count * samples);
    const plane = new Uint8Array(count);
    segments.forEach((segment, index) => {
      unpackBits(segment, plane);
      const shift = 8 * (width - 1 - (index % width));
      const base = Math.floor(index / width) * count;
      for (let i = 0; i < count; i++) values[base + i] = (values[base + i] ?? 0) | ((plane[i] ?? 0) << shift);
    });
    return { values, samples, planar: true, colour: 'declared' };
  },
};

function readSegments(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length < 64) throw new HilumError('image/truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(0, true);
  if (count < 1 || count > 15) throw new HilumError('image/corrupt', { format: 'RLE', what: 'segment count' });
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + 4 * index, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? bytes.length;
    if (start < 64 || start > end || end > bytes.length) throw new HilumError('image/truncated');
    return bytes.subarray(start, end);
  });
}

function unpackBits(segment: Uint8Array, plane: Uint8Array): void {
  let at = 0;
  let out = 0;
  while (out < plane.length && at < segment.length) {
    const control = segment[at++] ?? 0;
    if (control < 128) {
      const run = Math.min(control + 1, plane.length - out);
      if (at + run > segment.length) throw new HilumError('image/truncated');
      plane.set(segment.subarray(at, at + run), out);
      at += control + 1;
      out += run;
    } else if (control > 128) {
      if (at >= segment.length) throw new HilumError('image/truncated');
      const run = Math.min(257 - control, plane.length - out);
      plane.fill(segment[at++] ?? 0, out, out + run);
      out += run;
    }
  }
  if (out < plane.length) throw new HilumError('image/truncated', { expectedBytes: plane.length, actualBytes: out });
}
