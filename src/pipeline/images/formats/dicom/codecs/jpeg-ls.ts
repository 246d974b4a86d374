import type { Codec } from './codec.ts';
import { checkStream, integers, jpegStream } from './codestream.ts';
import { wasmCodec } from './wasm.ts';

const charls = wasmCodec(
  'JPEG-LS',
  () => import('@cornerstonejs/codec-charls/decodewasmjs'),
  (module) => new module.JpegLSDecoder(),
);

/** JPEG-LS lossless and near-lossless (ITU-T T.87) by CharLS. */
export const jpegLs: Codec = {
  async decode({ bytes, pixels }) {
    const stream = jpegStream(bytes);
    checkStream(stream, pixels, 'JPEG-LS');
    return await charls.run(bytes, (decoder) => ({
      values: integers(decoder, stream, 'JPEG-LS'),
      samples: pixels.samples,
      // Interleave mode 0: the components lie one after the other.
      planar: decoder.getInterleaveMode() === 0,
      colour: 'declared',
    }));
  },
};
