import type { DataSet } from 'dicom-parser';
import { decimal, macroOf } from './functional-groups.ts';
import { lookUp, readLookup } from './lookup.ts';
import { isPadding, type Padding } from './padding.ts';
import type { PixelModule } from './pixel-module.ts';
import type { StoredValues } from './samples.ts';

/** What the display step knows of one grey frame. */
export interface GreyFrame {
  readonly stored: StoredValues;
  readonly values: Int16Array | Float32Array;
  readonly padding: Padding | undefined;
  readonly pixels: PixelModule;
  readonly rescaled: boolean;
}

/**
 * Display grey 0..255 of modality values (PS3.3 C.11.2): the first window, else the first VOI LUT, else 8-bit values as
 * they are, else the range from smallest to largest value without padding. MONOCHROME1 is turned over last.
 */
export function displayGrey(dataSet: DataSet, frame: number, grey: GreyFrame): Uint8Array {
  const levels = windowLevels(dataSet, frame, grey) ?? tableLevels(dataSet, grey) ?? plainLevels(grey);
  const inverse =
    grey.pixels.photometric === 'MONOCHROME1' || dataSet.string('x20500020')?.trim().toUpperCase() === 'INVERSE';
  if (inverse) for (let i = 0; i < levels.length; i++) levels[i] = 255 - (levels[i] ?? 0);
  if (grey.padding !== undefined) {
    for (let i = 0; i < levels.length; i++) if (isPadding(grey.stored[i] ?? 0, grey.padding)) levels[i] = 0;
  }
  return levels;
}

function windowLevels(dataSet: DataSet, frame: number, { values }: GreyFrame): Uint8Array | undefined {
  const macro = macroOf(dataSet, frame, 'x00289132', 'x00281050');
  const center = decimal(macro, 'x00281050');
  const width = decimal(macro, 'x00281051');
  if (center === undefined || width === undefined) return undefined;
  const shape = macro.string('x00281056')?.trim().toUpperCase();
  if (shape === 'SIGMOID' && width > 0) return mapped(values, (v) => 255 / (1 + Math.exp((-4 * (v - center)) / width)));
  if (shape === 'LINEAR_EXACT' && width > 0) return ramp(values, center - width / 2, width);
  // C.11.2.1.2.1: LINEAR is defined from width 1 on, where it is a threshold.
  if (width < 1) return undefined;
  return width === 1
    ? mapped(values, (v) => (v > center - 0.5 ? 255 : 0))
    : ramp(values, center - 0.5 - (width - 1) / 2, width - 1);
}

function tableLevels(dataSet: DataSet, { values }: GreyFrame): Uint8Array | undefined {
  const sequence = dataSet.elements.x00283010?.items?.[0]?.dataSet;
  if (sequence === undefined) return undefined;
  const signed = values.some((value) => value < 0);
  const table = readLookup(sequence, 'x00283002', 'x00283006', signed);
  return ramp(lookUp(values, table), 0, 2 ** table.bits - 1);
}

function plainLevels({ stored, values, padding, pixels, rescaled }: GreyFrame): Uint8Array {
  if (pixels.bitsStored <= 8 && !pixels.signed && !rescaled) return ramp(values, 0, 2 ** pixels.bitsStored - 1);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (isPadding(stored[i] ?? 0, padding)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? ramp(values, low, high - low) : new Uint8Array(values.length);
}

/** 0 at `black`, 255 at `black + range`, clipped, rounded to the nearest level. */
function ramp(values: Int16Array | Float32Array, black: number, range: number): Uint8Array {
  const levels = new Uint8Array(values.length);
  const slope = 255 / range;
  for (let i = 0; i < levels.length; i++) {
    levels[i] = Math.min(Math.max(((values[i] ?? 0) - black) * slope, 0), 255) + 0.5;
  }
  return levels;
}

function mapped(values: Int16Array | Float32Array, level: (value: number) => number): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(level(value)));
}
