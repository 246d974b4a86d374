import { createHash } from 'node:crypto';
import type { DecodedImage } from '../domain/image.ts';
import type { Picture } from './grey.ts';

/**
 * SHA-256 over width, height, domain and pixel values in little-endian form: equal pixels in another encoding
 * (PNG or TIFF, DICOM raw or JPEG-LS) give an equal hash. Whole-numbered HU are hashed as int16, others as float32.
 */
export function pixelHash(image: Picture): string {
  const values = image.domain === 'hounsfield' ? canonicalHu(image.pixels) : image.pixels;
  const scale = image.domain === 'hounsfield' ? 'hu' : `white ${image.white}`;
  const kind = `${image.width}x${image.height} ${scale} ${values.BYTES_PER_ELEMENT}\n`;
  return createHash('sha256')
    .update(kind)
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}

function canonicalHu(hu: DecodedImage['pixels']): Int16Array | Float32Array {
  if (hu instanceof Int16Array) return hu;
  const whole = Int16Array.from(hu);
  for (let i = 0; i < whole.length; i++) {
    if (whole[i] !== hu[i]) return hu instanceof Float32Array ? hu : Float32Array.from(hu);
  }
  return whole;
}
