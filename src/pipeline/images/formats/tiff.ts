import sharp from 'sharp';
import { HilumError } from '../../domain/errors.ts';
import type { ImageFormat } from '../format.ts';
import { checkFrameSize, limits } from '../limits.ts';
import { decodePicture, openPicture, pictureError, safeInput } from './picture.ts';
import { vips } from './vips-turn.ts';

export const tiff: ImageFormat = {
  format: 'tiff',
  family: 'picture',
  extensions: ['.tif', '.tiff'],
  matches: (bytes) =>
    (bytes[0] === 0x49 && bytes[1] === 0x49 && (bytes[2] === 0x2a || bytes[2] === 0x2b) && bytes[3] === 0) ||
    (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes[2] === 0 && (bytes[3] === 0x2a || bytes[3] === 0x2b)),
  open: async (bytes) => {
    const header = await vips(() => sharp(bytes, safeInput).metadata()).catch((error: unknown) => {
      throw pictureError(error, 'tiff');
    });
    const frames = header.pages ?? 1;
    checkFrameSize(header.width, header.height);
    if (frames > limits.frames) {
      throw new HilumError('image/too-large', { actual: frames, unit: 'frames', limit: limits.frames });
    }
    if (header.depth !== 'uchar' && header.depth !== 'ushort') {
      throw new HilumError('image/unsupported-pixels', { what: `TIFF with ${header.depth} samples` });
    }
    if (header.space === 'cmyk') throw new HilumError('image/unsupported-pixels', { what: 'CMYK TIFF' });
    const { depth } = header;
    const grey = header.channels <= 2;
    const colourspace = grey ? (depth === 'ushort' ? 'grey16' : 'b-w') : depth === 'ushort' ? 'rgb16' : 'srgb';
    return openPicture('tiff', frames, (page) =>
      decodePicture(bytes, { format: 'tiff', colourspace, depth, autoOrient: true, page }),
    );
  },
};
