import { Decoder } from '@cornerstonejs/jpeg-lossless-decoder-js';
import { HilumError } from '../../../../domain/errors.ts';
import type { Codec } from './codec.ts';
import { checkStream, jpegStream } from './codestream.ts';

/** JPEG lossless, process 14 (ITU-T T.81 annex H). */
export const jpegLossless: Codec = {
  decode({ bytes, pixels }) {
    const stream = jpegStream(bytes);
    checkStream(stream, pixels, 'JPEG lossless');
    if (stream.process !== 3) throw new HilumError('image/corrupt', { format: 'JPEG lossless', what: 'wrong process' });
    // The decoder reads past the end of its input without a word, so it gets its own copy and is asked where it stopped.
    const copy = bytes.slice();
    const decoder = new Decoder();
    try {
      const values = decoder.decode(copy.buffer, 0, copy.length, stream.bits <= 8 ? 1 : 2);
      const reached = decoder.stream?.index ?? 0;
      if (decoder.yLoc < pixels.rows || reached > copy.length) throw new HilumError('image/truncated');
      if (values === null || values.length !== pixels.rows * pixels.columns * pixels.samples) {
        throw new HilumError('image/corrupt', { format: 'JPEG lossless', what: 'too few pixels' });
      }
      return { values, samples: pixels.samples, planar: false, colour: 'declared' };
    } catch (error) {
      if (error instanceof HilumError) throw error;
      throw new HilumError('image/corrupt', { format: 'JPEG lossless' }, { cause: error });
    }
  },
};
