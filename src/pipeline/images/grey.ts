import { type Contract, type HounsfieldWindow, softTissue } from '../domain/contract.ts';
import type { DecodedImage } from '../domain/image.ts';
import { resample } from './resample.ts';
import { axisTaps } from './taps.ts';

/** Pixels alone: what every function that does not need the plane asks for. */
export type Picture = Omit<DecodedImage, 'plane'>;

/** A picture in a form the resize can read, and the factor that makes grey 0..255 of it. */
export interface Source {
  readonly pixels: Uint8Array | Float32Array;
  readonly gain: number;
}

/**
 * Grey of a picture: display values as they are (8 bit stays bytes), HU through a window.
 * Linear from black at center - width/2 to white at center + width/2, clipped.
 */
export function greySource(image: Picture, window: HounsfieldWindow): Source {
  if (image.domain === 'display') {
    const { pixels } = image;
    return { pixels: pixels instanceof Uint8Array ? pixels : Float32Array.from(pixels), gain: 255 / image.white };
  }
  return { pixels: windowed(image.pixels, window), gain: 1 };
}

/** Raw values of a picture as the resize reads them: HU stay HU. */
export function rawSource(image: Picture): Uint8Array | Float32Array {
  const { pixels } = image;
  return pixels instanceof Uint8Array || pixels instanceof Float32Array ? pixels : new Float32Array(pixels);
}

/** Whole picture at full size in grey 0..255; HU through the contract's first window, else centre 40, width 400. */
export function greyPicture(image: Picture, contract?: Pick<Contract, 'windows'>): Float32Array {
  const { pixels, gain } = greySource(image, contract?.windows[0] ?? softTissue);
  const grey = new Float32Array(pixels);
  if (gain !== 1) for (let i = 0; i < grey.length; i++) grey[i] = (grey[i] ?? 0) * gain;
  return grey;
}

/** Whole picture squeezed to side x side by box average, grey 0..255; HU through centre 40, width 400. */
export function thumbnail(image: Picture, side: number): Float32Array {
  const { pixels, gain } = greySource(image, softTissue);
  return squeeze(pixels, image.width, image.height, side, gain);
}

/** Box average of a whole picture to side x side, times a gain. */
export function squeeze(
  pixels: Uint8Array | Float32Array,
  width: number,
  height: number,
  side: number,
  gain: number,
): Float32Array {
  const out = new Float32Array(side * side);
  const columns = axisTaps({ start: 0, length: width, padded: width, before: 0 }, side, 'area');
  const rows = axisTaps({ start: 0, length: height, padded: height, before: 0 }, side, 'area');
  resample(pixels, width, columns, rows, { out, offset: 0, step: 1, copies: 1, gain, shift: 0 });
  return out;
}

function windowed(hu: DecodedImage['pixels'], window: HounsfieldWindow): Float32Array {
  const grey = new Float32Array(hu.length);
  const slope = 255 / window.width;
  const black = window.center - window.width / 2;
  for (let i = 0; i < grey.length; i++) {
    grey[i] = Math.min(Math.max(((hu[i] ?? 0) - black) * slope, 0), 255);
  }
  return grey;
}
