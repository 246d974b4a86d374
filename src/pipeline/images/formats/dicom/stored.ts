import { HilumError } from '../../../domain/errors.ts';
import { codecOf } from './codecs/index.ts';
import { encapsulatedFrames } from './encapsulated.ts';
import { guarded, type Header } from './parse.ts';
import type { PixelModule } from './pixel-module.ts';
import { type StoredValues, storedValues, storedWords } from './samples.ts';

/** One frame before any rescale or look-up. */
export interface StoredFrame {
  /** rows * columns * samples values, pixel by pixel. */
  readonly values: StoredValues;
  /** The same cells before masking and sign extension by Bits Stored. */
  readonly words: StoredValues;
  /** Three samples are RGB, whatever the header says, because the codec has converted them. */
  readonly rgb: boolean;
}

export type FrameReader = (frame: number) => Promise<StoredFrame>;

/**
 * Finds the pixels of a file and gives a reader of single frames. All lengths are compared with the bytes present here.
 * @throws HilumError `image/unsupported-syntax`, `image/truncated`, `image/bad-header`
 */
export function frameReader(header: Header, pixels: PixelModule): FrameReader {
  const codec = codecOf(header.syntax);
  const bigEndian = header.syntax === '1.2.840.10008.1.2.2';
  const slice = codec.encapsulated ? fragmentSlices(header, pixels) : nativeSlices(header, pixels, bigEndian);
  return async (frame) => {
    const decoder = await codec.load();
    const raw = await decoder.decode({ bytes: slice(frame), pixels, bigEndian });
    const arrange = raw.planar && raw.samples === 3 ? interleave : (values: StoredValues) => values;
    return {
      values: arrange(storedValues(raw, pixels)),
      words: arrange(storedWords(raw, pixels)),
      rgb: raw.colour === 'rgb',
    };
  };
}

function nativeSlices(
  { dataSet, bytes }: Header,
  pixels: PixelModule,
  bigEndian: boolean,
): (frame: number) => Uint8Array {
  const element = dataSet.elements.x7fe00010;
  if (element === undefined) throw new HilumError('image/no-pixels');
  if (element.hadUndefinedLength === true) {
    throw new HilumError('image/bad-header', { what: 'encapsulated pixels under a native transfer syntax' });
  }
  const needed = pixels.frameBytes * pixels.frames;
  const present = Math.min(element.length, bytes.length - element.dataOffset);
  // The odd byte that pads a value to even length may be missing at the very end of a file.
  if (present < needed || element.dataOffset + element.length > bytes.length + 1) {
    throw new HilumError('image/truncated', { expectedBytes: Math.max(needed, element.length), actualBytes: present });
  }
  const value = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  // 8-bit samples in big-endian words lie swapped in pairs, across frames too where a frame has an odd size.
  const bytesInWords = bigEndian && pixels.bitsAllocated === 8 && element.vr === 'OW';
  const ordered = bytesInWords ? swapPairs(value) : value;
  return (frame) => ordered.subarray(frame * pixels.frameBytes, (frame + 1) * pixels.frameBytes);
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) swapped[i] = bytes[i ^ 1] ?? 0;
  return swapped;
}

function fragmentSlices({ dataSet, bytes }: Header, pixels: PixelModule): (frame: number) => Uint8Array {
  const element = dataSet.elements.x7fe00010;
  if (element === undefined) throw new HilumError('image/no-pixels');
  if (element.hadUndefinedLength !== true) {
    throw new HilumError('image/bad-header', { what: 'native pixels under a compressed transfer syntax' });
  }
  return guarded(() => encapsulatedFrames(bytes, element.dataOffset, pixels.frames));
}

function interleave(planes: StoredValues): StoredValues {
  const count = planes.length / 3;
  const mixed = planes.slice();
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    mixed[at] = planes[i] ?? 0;
    mixed[at + 1] = planes[count + i] ?? 0;
    mixed[at + 2] = planes[2 * count + i] ?? 0;
  }
  return mixed;
}
