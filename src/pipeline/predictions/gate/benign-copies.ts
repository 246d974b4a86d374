import type { DecodedImage } from '../../domain/image.ts';

/** Below this side nothing is left to leave out. */
const leastSide = 128;

/**
 * A picture as other scanners and exports would have given it, which no gate should mind: softer (each pixel the mean of
 * four: a finer matrix, a smoother kernel), and coarser (every second pixel: a smaller matrix with its noise). Without them a
 * study of one scanner refuses the same patients at another size.
 */
export function benignCopies(image: DecodedImage): readonly DecodedImage[] {
  return [softer(image), coarser(image)];
}

/** Copies of each picture. */
export const benignCount = 2;

function softer(image: DecodedImage): DecodedImage {
  const { width, height, pixels } = image;
  const out = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const below = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const right = x + 1 < width ? 1 : 0;
      const sum =
        (pixels[i] ?? 0) + (pixels[i + right] ?? 0) + (pixels[i + below] ?? 0) + (pixels[i + below + right] ?? 0);
      out[i] = sum / 4;
    }
  }
  return { ...image, pixels: out };
}

function coarser(image: DecodedImage): DecodedImage {
  if (Math.min(image.width, image.height) < leastSide) return image;
  const [width, height] = [Math.ceil(image.width / 2), Math.ceil(image.height / 2)];
  const pixels = new Float32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = image.pixels[2 * (i % width) + 2 * Math.floor(i / width) * image.width] ?? 0;
  }
  return { ...image, width, height, pixels };
}
