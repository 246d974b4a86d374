import { z } from 'zod';
import { elementsOf } from '../../weights.ts';

const length = z
  .int()
  .min(1)
  .max(2 ** 31);
const finite = z.number();

/** One weight of a manifest. Quantized ones are value * scale + min, or 16-bit floats. */
export const specSchema = z.object({
  name: z.string().min(1).max(500),
  shape: z.array(length).max(8),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .discriminatedUnion('dtype', [
      z.object({ dtype: z.literal('uint8'), scale: finite, min: finite }),
      z.object({ dtype: z.literal('uint16'), scale: finite, min: finite }),
      z.object({ dtype: z.literal('float16') }),
    ])
    .optional(),
});
export type WeightSpec = z.infer<typeof specSchema>;

const valueBytes = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

export function byteLengthOf({ shape, dtype, quantization }: WeightSpec): number {
  return elementsOf(shape) * valueBytes[quantization?.dtype ?? dtype];
}

/** Whole numbers are no weights: they only stand for counters, which nothing here reads. */
export function problemOf({ dtype }: WeightSpec): string | undefined {
  return dtype === 'float32' ? undefined : `it is ${dtype}, expected float32`;
}

/** The weight as 32-bit floats. @param bytes as they stand in the file, little-endian, of exactly its length */
export function decodeWeight({ quantization }: WeightSpec, bytes: Uint8Array, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  const fill = (value: (index: number) => number): Float32Array => {
    for (let index = 0; index < count; index++) values[index] = value(index);
    return values;
  };
  switch (quantization?.dtype) {
    case undefined:
      return fill((index) => view.getFloat32(4 * index, true));
    case 'float16':
      return fill((index) => halfFloat(view.getUint16(2 * index, true)));
    case 'uint8':
      return fill((index) => view.getUint8(index) * quantization.scale + quantization.min);
    case 'uint16':
      return fill((index) => view.getUint16(2 * index, true) * quantization.scale + quantization.min);
  }
}

/** IEEE 754 binary16. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
