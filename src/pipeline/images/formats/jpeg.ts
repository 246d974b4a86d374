import { HilumError } from '../../domain/errors.ts';
import type { ImageFormat } from '../format.ts';
import { checkFrameSize } from '../limits.ts';
import { decodePicture, openPicture } from './picture.ts';

export const jpeg: ImageFormat = {
  format: 'jpeg',
  family: 'picture',
  extensions: ['.jpg', '.jpeg'],
  matches: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  open: async (bytes) => {
    const header = jpegHeader(bytes);
    checkFrameSize(header.width, header.height);
    if (header.components !== 1 && header.components !== 3) {
      throw new HilumError('image/unsupported-pixels', { what: `JPEG with ${header.components} colour components` });
    }
    const colourspace = header.components === 1 ? 'b-w' : 'srgb';
    return openPicture('jpeg', 1, () =>
      decodePicture(bytes, { format: 'jpeg', colourspace, depth: 'uchar', autoOrient: header.hasExif }),
    );
  },
};

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bits: number;
  /** SOF number: 0 baseline, 1 extended, 2 progressive, 3 lossless, 55 JPEG-LS. */
  readonly process: number;
  readonly hasExif: boolean;
}

/**
 * Frame header of a JPEG or JPEG-LS stream (ITU-T T.81 B.2.2, T.87 C.2.2), found by walking the marker segments.
 * @throws HilumError `image/truncated`, `image/corrupt`
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  let hasExif = false;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw new HilumError('image/corrupt', { format: 'JPEG', what: 'marker expected' });
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (isFrameMarker(marker)) {
      if (at + 10 > bytes.length) break;
      return {
        bits: bytes[at + 4] ?? 0,
        height: ((bytes[at + 5] ?? 0) << 8) | (bytes[at + 6] ?? 0),
        width: ((bytes[at + 7] ?? 0) << 8) | (bytes[at + 8] ?? 0),
        components: bytes[at + 9] ?? 0,
        process: marker === 0xf7 ? 55 : marker - 0xc0,
        hasExif,
      };
    }
    if (length < 2 || marker === 0xda || marker === 0xd9) {
      throw new HilumError('image/corrupt', { format: 'JPEG', what: 'no frame header before the data' });
    }
    hasExif ||= marker === 0xe1 && bytes[at + 4] === 0x45 && bytes[at + 5] === 0x78;
    at += 2 + length;
  }
  throw new HilumError('image/truncated');
}

const isFrameMarker = (marker: number): boolean =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);
