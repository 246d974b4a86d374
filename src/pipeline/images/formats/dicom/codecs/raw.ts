import type { Codec } from './codec.ts';

/** Native pixels, little or big endian (PS3.5 A.1 to A.3, A.5). The caller hands in exactly one frame. */
export const raw: Codec = {
  decode({ bytes, pixels, bigEndian }) {
    const { samples, planar, bitsAllocated } = pixels;
    if (bitsAllocated === 8) return { values: bytes, samples, planar, colour: 'declared' };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const values = new Uint16Array(bytes.length >> 1);
    if (bigEndian) {
      for (let i = 0; i < values.length; i++) values[i] = view.getUint16(2 * i, false);
    } else {
      new Uint8Array(values.buffer).set(bytes.subarray(0, values.byteLength));
    }
    return { values, samples, planar, colour: 'declared' };
  },
};
