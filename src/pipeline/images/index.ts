import { HilumError } from '../domain/errors.ts';
import type { OpenedImage } from '../domain/image.ts';
import { plainBytes } from './bytes.ts';
import type { ImageFormat } from './format.ts';
import { dicom } from './formats/dicom.ts';
import { jpeg } from './formats/jpeg.ts';
import { nifti } from './formats/nifti.ts';
import { png } from './formats/png.ts';
import { tiff } from './formats/tiff.ts';

export {
  type AugmentationRules,
  type Changes,
  drawChanges,
  type GreyPlanes,
  greyPlanes,
  renderPicture,
  unchanged,
  type ValueRange,
} from './augmentation/index.ts';
export { type BodyBox, bodyBox } from './body-crop.ts';
export { applyContract, applyContractInto, spansOf } from './contract.ts';
export { greyPicture, type Picture, thumbnail } from './grey.ts';
export { hasColour } from './has-colour.ts';
export { pixelHash } from './pixel-hash.ts';
export { detectPlane } from './plane.ts';
export { rgbPng } from './rgb-png.ts';

/** DICOM first: its preamble may hold the first bytes of a TIFF (FAULTS B4). */
export const imageFormats: readonly ImageFormat[] = [dicom, png, jpeg, tiff, nifti];

/**
 * A file's bytes as something that can be decoded frame by frame. The content decides what it is; the name is only
 * compared with it, so that a picture posing as DICOM (or the reverse) is refused. The bytes must not change while it is in use.
 * @throws HilumError `image/empty`, `image/unknown-format`, `image/disguised`, or what the format refuses
 */
export async function openImage(bytes: Uint8Array, options: { readonly name?: string } = {}): Promise<OpenedImage> {
  if (bytes.length === 0) throw new HilumError('image/empty');
  const found = imageFormats.find((format) => format.matches(bytes));
  if (found === undefined) throw new HilumError('image/unknown-format');
  const promised = options.name === undefined ? undefined : formatOfName(options.name);
  if (promised !== undefined && promised.family !== found.family) {
    throw new HilumError('image/disguised', { expected: familyWords[promised.family], actual: found.format });
  }
  return await found.open(plainBytes(bytes));
}

const familyWords = { picture: 'a picture (PNG, JPEG, TIFF)', medical: 'a medical image (DICOM, NIfTI)' } as const;

function formatOfName(name: string): ImageFormat | undefined {
  const lower = name.toLowerCase();
  return imageFormats.find((format) => format.extensions.some((extension) => lower.endsWith(extension)));
}
