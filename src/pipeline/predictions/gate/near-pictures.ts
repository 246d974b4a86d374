import type { Contract } from '../../domain/contract.ts';
import type { DecodedImage } from '../../domain/image.ts';

type Change = (image: DecodedImage, contract: Pick<Contract, 'windows'>) => DecodedImage;

/** A study's own pictures, made wrong in ways that happen: what a gate that looks at features can be expected to miss. */
const changes = {
  'turned by 90 degrees': (image) =>
    placed(image, image.height, image.width, (x, y, { width }) => y + (image.height - 1 - x) * width),
  'upside down': (image) =>
    placed(image, image.width, image.height, (x, y, { width, height }) => x + (height - 1 - y) * width),
  'middle part only': (image) => {
    const [left, top] = [Math.floor(image.width / 4), Math.floor(image.height / 4)];
    const [width, height] = [Math.ceil(image.width / 2), Math.ceil(image.height / 2)];
    return placed(image, width, height, (x, y) => left + x + (top + y) * image.width);
  },
  inverted: (image, contract) => scaled(image, contract, -1),
  'window of half the width': (image, contract) => scaled(image, contract, 2),
  'window of twice the width': (image, contract) => scaled(image, contract, 0.5),
} satisfies Record<string, Change>;

/** Each change of each picture, picture by picture. */
export function* nearPictures(
  images: readonly DecodedImage[],
  contract: Pick<Contract, 'windows'>,
): Generator<{ readonly name: string; readonly image: DecodedImage }> {
  for (const image of images) {
    for (const [name, change] of Object.entries<Change>(changes)) yield { name, image: change(image, contract) };
  }
}

function placed(
  image: DecodedImage,
  width: number,
  height: number,
  from: (x: number, y: number, image: DecodedImage) => number,
): DecodedImage {
  const pixels = new Float32Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = image.pixels[from(i % width, Math.floor(i / width), image)] ?? 0;
  return { ...image, width, height, pixels };
}

/** Contrast around mid grey. */
function scaled(
  image: DecodedImage,
  { windows: [{ center }] }: Pick<Contract, 'windows'>,
  factor: number,
): DecodedImage {
  const middle = image.domain === 'display' ? image.white / 2 : center;
  const pixels = Float32Array.from(image.pixels, (value) => (value - middle) * factor + middle);
  if (image.domain === 'display') {
    for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(image.white, Math.max(0, pixels[i] ?? 0));
  }
  return { ...image, pixels };
}
