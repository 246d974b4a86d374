import { HilumError } from '../../domain/errors.ts';
import type { ImageFormat } from '../format.ts';
import { checkFrameSize } from '../limits.ts';
import { decodePicture, openPicture } from './picture.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const png: ImageFormat = {
  format: 'png',
  family: 'picture',
  extensions: ['.png'],
  matches: (bytes) => signature.every((byte, index) => bytes[index] === byte),
  open: async (bytes) => {
    const header = pngHeader(bytes);
    checkFrameSize(header.width, header.height);
    const deep = header.bits === 16;
    const grey = header.colourType === 0 || header.colourType === 4;
    const colourspace = grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
    return openPicture('png', 1, () =>
      decodePicture(bytes, {
        format: 'png',
        colourspace,
        depth: deep ? 'ushort' : 'uchar',
        autoOrient: header.hasExif,
      }),
    );
  },
};

interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGBA (PNG specification 11.2.1). */
  readonly colourType: number;
  readonly hasExif: boolean;
}

function pngHeader(bytes: Uint8Array): PngHeader {
  if (bytes.length < 33) throw new HilumError('image/truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(12) !== 0x49484452) {
    throw new HilumError('image/corrupt', { format: 'PNG', what: 'first chunk is not IHDR' });
  }
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bits: view.getUint8(24),
    colourType: view.getUint8(25),
    hasExif: hasExifChunk(view),
  };
}

/** Walks the chunks to the end mark: libpng is content once the last row is there, a half-copied file is not ours to use. */
function hasExifChunk(view: DataView): boolean {
  let hasExif = false;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x49454e44) return hasExif;
    hasExif ||= type === 0x65584966;
  }
  throw new HilumError('image/truncated');
}
