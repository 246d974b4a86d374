import { HilumError } from '../domain/errors.ts';

/** Caps of one file (FAULTS N6). They are compared with what a header asks for before anything is allocated. */
export const limits = {
  framePixels: 64e6,
  frames: 4096,
  decodedBytes: 2 ** 30,
  inflatedBytes: 512 * 2 ** 20,
  inflateRatio: 1000,
  /** Below this a high ratio is harmless and common (an empty slice deflates 1000:1). */
  ratioFreeBytes: 16 * 2 ** 20,
  sequenceDepth: 64,
  elements: 100_000,
} as const;

/** @throws HilumError `image/bad-header`, `image/too-large` */
export function checkFrameSize(width: number, height: number): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new HilumError('image/bad-header', { what: 'width or height is not a positive number' });
  }
  if (width * height > limits.framePixels) {
    throw new HilumError('image/too-large', { actual: width * height, unit: 'pixels', limit: limits.framePixels });
  }
}
