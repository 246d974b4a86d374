import type { GreyWindow } from './grey-window.ts';
import type { Pixels } from './pixels.ts';

const entries = 65_536;
const opaque = 0xff000000;

/**
 * One packed RGBA grey for each of 65,536 values; a value's place is its lowest 16 bits, so that signed and unsigned samples
 * need no shift. The same line from black to white as the model's contract draws.
 * @param signed values run from -32,768 (HU), else from 0
 */
export function greyTable({ center, width }: GreyWindow, inverted: boolean, signed: boolean): Uint32Array {
  const table = new Uint32Array(entries);
  const slope = 255 / width;
  const black = center - width / 2;
  const first = signed ? -entries / 2 : 0;
  for (let value = first; value < first + entries; value++) {
    const grey = Math.round(Math.min(Math.max((value - black) * slope, 0), 255));
    const shown = inverted ? 255 - grey : grey;
    table[value & 0xffff] = opaque | (shown << 16) | (shown << 8) | shown;
  }
  return table;
}

/** Looks every pixel up. `out` holds one RGBA value a pixel. */
export function paint(pixels: Pixels, table: Uint32Array, signed: boolean, out: Uint32Array): void {
  if (pixels instanceof Float32Array) {
    const low = signed ? -entries / 2 : 0;
    const high = low + entries - 1;
    for (let at = 0; at < out.length; at++) {
      const value = Math.min(high, Math.max(low, Math.round(pixels[at] ?? 0)));
      out[at] = table[value & 0xffff] ?? opaque;
    }
    return;
  }
  for (let at = 0; at < out.length; at++) out[at] = table[(pixels[at] ?? 0) & 0xffff] ?? opaque;
}
