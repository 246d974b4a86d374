import type { DecodedImage } from '../../domain/image.ts';
import { bodyBox } from '../../images/index.ts';

/**
 * Rows of the body, as shares of its height from the front (top), between which kidneys lie. Wide on purpose: axial slices
 * have them behind the middle, coronal ones around it.
 */
export const kidneyBand = { from: 0.3, to: 0.88 } as const;

const airHu = -1000;

/** Pixels from `first` up to `last` (rows of the whole picture) that may show a kidney. */
export function kidneyPixels(image: DecodedImage): { readonly first: number; readonly last: number } {
  const box = bodyBox(image);
  return {
    first: (box.top + Math.floor(kidneyBand.from * box.height)) * image.width,
    last: (box.top + Math.ceil(kidneyBand.to * box.height)) * image.width,
  };
}

/** The picture with the band of the body that holds the kidneys set to black (air), from side to side. */
export function blankKidneys(image: DecodedImage): DecodedImage {
  const { first, last } = kidneyPixels(image);
  const pixels = image.pixels.slice();
  pixels.fill(image.domain === 'hounsfield' ? airHu : 0, first, last);
  return { ...image, pixels };
}
