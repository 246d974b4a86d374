import type { DataSet } from 'dicom-parser';
import { HilumError } from '../../../domain/errors.ts';
import { readLookup } from './lookup.ts';
import type { PixelModule } from './pixel-module.ts';
import type { StoredFrame } from './stored.ts';

/**
 * Grey 0..255 of a colour frame: luminance of RGB, the Y of YBR (which is that luminance), or the luminance of a palette.
 * @returns undefined for MONOCHROME1 and MONOCHROME2
 * @throws HilumError `image/unsupported-pixels`, `image/bad-header`
 */
export function colourGrey(dataSet: DataSet, pixels: PixelModule, frame: StoredFrame): Uint8Array | undefined {
  const { photometric, samples } = pixels;
  if (samples === 1) {
    if (photometric === 'PALETTE COLOR') return paletteGrey(dataSet, frame);
    if (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2') return undefined;
    throw new HilumError('image/unsupported-pixels', { what: 'a photometric interpretation that needs three samples' });
  }
  const scale = 255 / (2 ** pixels.bitsStored - 1);
  if (frame.rgb || photometric === 'RGB') return rgbGrey(frame.values, scale);
  if (photometric === 'YBR_FULL' || photometric === 'YBR_FULL_422') return lumaGrey(frame, pixels, scale);
  throw new HilumError('image/unsupported-pixels', { what: 'a colour space other than RGB, YBR_FULL or palette' });
}

/** ITU-R 601 luminance in 16-bit fixed point, as for PNG and JPEG. */
function rgbGrey(values: StoredFrame['values'], scale: number): Uint8Array {
  const grey = new Uint8Array(values.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const sum = (values[at] ?? 0) * 19595 + (values[at + 1] ?? 0) * 38470 + (values[at + 2] ?? 0) * 7471;
    grey[i] = Math.floor((sum * scale + 0x8000) / 65536);
  }
  return grey;
}

/** YBR_FULL_422 without compression stores Y Y Cb Cr for two pixels (PS3.3 C.7.6.3.1.2); all else is Y Cb Cr. */
function lumaGrey({ values }: StoredFrame, pixels: PixelModule, scale: number): Uint8Array {
  const grey = new Uint8Array(pixels.rows * pixels.columns);
  const halved = values.length === grey.length * 2;
  for (let i = 0; i < grey.length; i++) {
    const at = halved ? (i >> 1) * 4 + (i & 1) : i * 3;
    grey[i] = Math.round((values[at] ?? 0) * scale);
  }
  return grey;
}

function paletteGrey(dataSet: DataSet, { values }: StoredFrame): Uint8Array {
  if (dataSet.elements.x00281201 === undefined) {
    throw new HilumError('image/unsupported-pixels', { what: 'a segmented or missing colour palette' });
  }
  const red = readLookup(dataSet, 'x00281101', 'x00281201', false);
  const green = readLookup(dataSet, 'x00281102', 'x00281202', false);
  const blue = readLookup(dataSet, 'x00281103', 'x00281203', false);
  const scale = 255 / (2 ** red.bits - 1);
  const colours = new Float64Array(red.entries.length * 3);
  for (let i = 0; i < red.entries.length; i++) {
    colours[3 * i] = red.entries[i] ?? 0;
    colours[3 * i + 1] = green.entries[i] ?? 0;
    colours[3 * i + 2] = blue.entries[i] ?? 0;
  }
  const greys = new Uint8Array(red.entries.length);
  for (let i = 0; i < greys.length; i++) {
    const at = 3 * i;
    const sum = (colours[at] ?? 0) * 19595 + (colours[at + 1] ?? 0) * 38470 + (colours[at + 2] ?? 0) * 7471;
    greys[i] = Math.floor((sum * scale + 0x8000) / 65536);
  }
  return Uint8Array.from(values, (value) => greys[Math.min(Math.max(value - red.first, 0), greys.length - 1)] ?? 0);
}
