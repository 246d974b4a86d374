import sharp from 'sharp';
import { HilumError } from '../../../../domain/errors.ts';
import { pictureError, safeInput } from '../../picture.ts';
import { vips } from '../../vips-turn.ts';
import type { Codec } from './codec.ts';
import { checkStream, jpegStream } from './codestream.ts';
import { decodeWithGdcm } from './gdcm.ts';

/** Lossy JPEG (ITU-T T.81): 8 bit by libjpeg-turbo inside sharp, 12 bit by GDCM. */
export const jpeg: Codec = {
  async decode({ bytes, pixels }) {
    const stream = jpegStream(bytes);
    checkStream(stream, pixels, 'JPEG');
    const { samples } = pixels;
    if (stream.bits === 12) {
      if (samples === 3) throw new HilumError('image/unsupported-pixels', { what: '12-bit JPEG in colour' });
      return { values: await decodeWithGdcm(bytes, stream), samples, planar: false, colour: 'declared' };
    }
    try {
      const colourspace = samples === 1 ? 'b-w' : 'srgb';
      const { data, info } = await vips(() =>
        sharp(bytes, safeInput).toColourspace(colourspace).raw().toBuffer({ resolveWithObject: true }),
      );
      if (info.channels !== samples)
        throw new HilumError('image/corrupt', { format: 'JPEG', what: 'colour components' });
      const values = new Uint8Array(data.buffer, data.byteOffset, data.length);
      return { values, samples, planar: false, colour: 'rgb' };
    } catch (error) {
      throw pictureError(error, 'jpeg');
    }
  },
};
