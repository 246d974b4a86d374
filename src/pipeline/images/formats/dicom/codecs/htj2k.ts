import type { Codec } from './codec.ts';
import { checkStream, integers, jpeg2000Stream } from './codestream.ts';
import { wasmCodec } from './wasm.ts';

const openjph = wasmCodec(
  'HTJ2K',
  () => import('@cornerstonejs/codec-openjph/wasmjs'),
  (module) => new module.HTJ2KDecoder(),
);

/** High-throughput JPEG 2000 (ITU-T T.814) by OpenJPH, which undoes RCT and ICT. */
export const htj2k: Codec = {
  async decode({ bytes, pixels }) {
    const stream = jpeg2000Stream(bytes);
    checkStream(stream, pixels, 'HTJ2K');
    return await openjph.run(bytes, (decoder) => ({
      values: integers(decoder, stream, 'HTJ2K'),
      samples: pixels.samples,
      planar: false,
      colour: /^YBR_(RCT|ICT)$/.test(pixels.photometric) ? 'rgb' : 'declared',
    }));
  },
};
