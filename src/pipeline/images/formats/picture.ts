import sharp, { type SharpOptions } from 'sharp';
import { HilumError } from '../../domain/errors.ts';
import type { DecodedImage, FileFormat, OpenedImage } from '../../domain/image.ts';
import { limits } from '../limits.ts';
import { detectPlane } from '../plane.ts';
import { vips } from './vips-turn.ts';

// Only three loaders may ever see a file; SVG, GIF, PDF and the rest stay shut even when the sniffing is fooled (FAULTS B7).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadTiffBuffer'],
});
// Every file is read once: an operation cache would only grow.
sharp.cache(false);
// Files are decoded side by side; threads inside one decode would fight over the same cores.
sharp.concurrency(1);

/** `failOn: 'warning'`: half a picture is never a picture. ICC profiles are left alone: grey values are data. */
export const safeInput = {
  limitInputPixels: limits.framePixels,
  failOn: 'warning',
  unlimited: false,
  ignoreIcc: true,
} as const satisfies SharpOptions;

export interface PictureRequest {
  readonly format: FileFormat;
  readonly colourspace: 'b-w' | 'grey16' | 'srgb' | 'rgb16';
  readonly depth: 'uchar' | 'ushort';
  readonly autoOrient: boolean;
  readonly page?: number;
}

export function openPicture(
  format: FileFormat,
  frames: number,
  decode: (frame: number) => Promise<DecodedImage>,
): OpenedImage {
  return {
    format,
    frames,
    provenance: {},
    decode: async (frame) => {
      if (!(Number.isInteger(frame) && frame >= 0 && frame < frames)) {
        throw new HilumError('image/bad-header', { what: `frame ${frame + 1} of ${frames} does not exist` });
      }
      return await decode(frame);
    },
  };
}

/**
 * Pixels of a PNG, JPEG or TIFF as one grey channel: 8 bit (white 255) or 16 bit (white 65535).
 * Colour becomes luminance as Pillow's convert('L') computes it; transparency is laid on black.
 * @throws HilumError `image/truncated`, `image/corrupt`, `image/too-large`
 */
export async function decodePicture(bytes: Uint8Array, request: PictureRequest): Promise<DecodedImage> {
  const { format, colourspace, depth, autoOrient, page = 0 } = request;
  const input = { ...safeInput, autoOrient, ...(page > 0 ? { page } : {}) };
  try {
    const { data, info } = await vips(() =>
      sharp(bytes, input).toColourspace(colourspace).raw({ depth }).toBuffer({ resolveWithObject: true }),
    );
    const samples = depth === 'ushort' ? words(data) : new Uint8Array(data.buffer, data.byteOffset, data.length);
    const white = depth === 'ushort' ? 65535 : 255;
    const pixels = toGrey(samples, info.channels, white);
    return displayPicture(info.width, info.height, pixels, white);
  } catch (error) {
    throw pictureError(error, format);
  }
}

/** Its plane is worked out when somebody asks for it: classification never does. */
function displayPicture(width: number, height: number, pixels: Uint8Array | Uint16Array, white: number): DecodedImage {
  const picture = { width, height, pixels, domain: 'display', white } as const;
  return {
    ...picture,
    get plane() {
      return detectPlane(picture);
    },
  };
}

/** What libvips says, as a code. Its message stays out of the facts: it may quote the file. */
export function pictureError(error: unknown, format: FileFormat): HilumError {
  if (error instanceof HilumError) return error;
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit|too large/i.test(message)) {
    return new HilumError('image/too-large', { actual: 'more', unit: 'pixels', limit: limits.framePixels });
  }
  if (/premature|truncated|end of (file|stream|image)|read error|not enough|EOI/i.test(message)) {
    return new HilumError('image/truncated', {}, { cause: error });
  }
  return new HilumError('image/corrupt', { format: format.toUpperCase() }, { cause: error });
}

function words(data: Buffer): Uint16Array {
  const aligned = data.byteOffset % 2 === 0 ? data : Buffer.from(data);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, data.length >> 1);
}

function toGrey(samples: Uint8Array | Uint16Array, channels: number, white: number): Uint8Array | Uint16Array {
  if (channels === 1) return samples;
  const count = samples.length / channels;
  if (samples instanceof Uint8Array && channels === 3) return greyOfBytes(samples, count);
  const grey = samples.slice(0, count);
  const colour = channels >= 3;
  const alpha = channels === 2 || channels === 4 ? channels - 1 : undefined;
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    const first = samples[at] ?? 0;
    // ITU-R 601 weights in 16-bit fixed point: R = G = B gives exactly the same grey back.
    const level = colour
      ? Math.floor((first * 19595 + (samples[at + 1] ?? 0) * 38470 + (samples[at + 2] ?? 0) * 7471 + 0x8000) / 65536)
      : first;
    grey[i] = alpha === undefined ? level : Math.round((level * (samples[at + alpha] ?? 0)) / white);
  }
  return grey;
}

/** The common case of colour JPEGs: the same weights in 32-bit integers, several times as fast. */
function greyOfBytes(rgb: Uint8Array, count: number): Uint8Array {
  const grey = new Uint8Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    grey[i] = ((rgb[at] ?? 0) * 19595 + (rgb[at + 1] ?? 0) * 38470 + (rgb[at + 2] ?? 0) * 7471 + 0x8000) >>> 16;
  }
  return grey;
}
