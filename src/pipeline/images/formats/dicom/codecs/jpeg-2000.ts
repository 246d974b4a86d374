import type { Codec } from './codec.ts';
import { checkStream, integers, jpeg2000Stream } from './codestream.ts';
import { wasmCodec } from './wasm.ts';

const openjpeg = wasmCodec(
  'JPEG 2000',
  () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
  (module) => new module.J2KDecoder(),
);

/** JPEG 2000 lossless and lossy (ITU-T T.800) by OpenJPEG, which undoes RCT and ICT. */
export const jpeg2000: Codec = {
  async decode({ bytes, pixels }) {
    const stream = jpeg2000Stream(bytes);
    checkStream(stream, pixels, 'JPEG 2000');
    return await openjpeg.run(bytes, (decoder) => ({
      values: integers(decoder, stream, 'JPEG 2000'),
      samples: pixels.samples,
      planar: false,
      colour: /^YBR_(RCT|ICT)$/.test(pixels.photometric) ? 'rgb' : 'declared',
    }));
  },
};
