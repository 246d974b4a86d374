import type { RawSamples } from './codecs/codec.ts';
import type { PixelModule } from './pixel-module.ts';

export type StoredValues = Uint8Array | Uint16Array | Int16Array;

/**
 * The cells as they lie in the file: whole words of Bits Allocated, signed as Pixel Representation says.
 * Other programs call these the stored values; they differ from ours where upper bits are not copies of the sign.
 */
export function storedWords({ values }: RawSamples, { signed }: PixelModule): StoredValues {
  if (!signed || values instanceof Int16Array) return values;
  if (values instanceof Uint16Array) return new Int16Array(values.buffer, values.byteOffset, values.length);
  return Int16Array.from(values, (value) => (value << 24) >> 24);
}

/** Codec integers as stored values (PS3.5 section 8): bits below and above the stored ones dropped, sign extended. */
export function storedValues({ values }: RawSamples, pixels: PixelModule): StoredValues {
  const { signed, bitsStored, highBit } = pixels;
  if (values instanceof Int16Array) return values;
  const shift = highBit + 1 - bitsStored;
  if (signed) {
    const extended = new Int16Array(values.length);
    const up = 31 - highBit;
    for (let i = 0; i < values.length; i++) extended[i] = ((values[i] ?? 0) << up) >> (32 - bitsStored);
    return extended;
  }
  const mask = 2 ** bitsStored - 1;
  if (shift === 0 && !exceeds(values, mask)) return values;
  return values.map((value) => (value >> shift) & mask);
}

function exceeds(values: Uint8Array | Uint16Array, limit: number): boolean {
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > limit) return true;
  return false;
}
