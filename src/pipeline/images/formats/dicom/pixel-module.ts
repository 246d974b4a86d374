import { HilumError } from '../../../domain/errors.ts';
import { checkFrameSize, limits } from '../../limits.ts';
import { guarded, type Header } from './parse.ts';

/** Image Pixel module (PS3.3 C.7.6.3), checked: sizes are within the caps and fit together. */
export interface PixelModule {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly photometric: string;
  /** Colour planes one after the other instead of pixel by pixel. */
  readonly planar: boolean;
  /** Bytes of one native frame. */
  readonly frameBytes: number;
}

/** @throws HilumError `image/no-pixels`, `image/truncated`, `image/bad-header`, `image/unsupported-pixels`, `image/too-large` */
export function readPixelModule(header: Header): PixelModule {
  const { dataSet } = header;
  if (dataSet.elements.x7fe00010 === undefined) {
    const float = dataSet.elements.x7fe00008 ?? dataSet.elements.x7fe00009;
    if (float !== undefined) throw new HilumError('image/unsupported-pixels', { what: 'floating-point DICOM samples' });
    throw new HilumError(guarded(() => cutBeforePixels(header)) ? 'image/truncated' : 'image/no-pixels');
  }
  return guarded(() => {
    const rows = dataSet.uint16('x00280010') ?? 0;
    const columns = dataSet.uint16('x00280011') ?? 0;
    checkFrameSize(columns, rows);
    const frames = readFrames(dataSet.intString('x00280008'));
    const samples = readSamples(dataSet.uint16('x00280002') ?? 1);
    const bits = readBits(dataSet.uint16('x00280100'), dataSet.uint16('x00280101'), dataSet.uint16('x00280102'));
    const photometric = dataSet.string('x00280004')?.trim() ?? (samples === 3 ? 'RGB' : 'MONOCHROME2');
    const halved = photometric === 'YBR_FULL_422' && samples === 3;
    const frameBytes = rows * columns * (halved ? 2 : samples) * (bits.bitsAllocated / 8);
    if (rows * columns * samples * (bits.bitsAllocated / 8) * frames > limits.decodedBytes) {
      throw new HilumError('image/too-large', { actual: 'more', unit: 'decoded bytes', limit: limits.decodedBytes });
    }
    const signed = (dataSet.uint16('x00280103') ?? 0) === 1;
    const planar = (dataSet.uint16('x00280006') ?? 0) === 1;
    return { rows, columns, frames, samples, ...bits, signed, photometric, planar, frameBytes };
  });
}

/** CR, CT, ultrasound, MR, secondary capture, angiography, nuclear medicine and PET images (PS3.6 table A-1). */
const imageClass = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.([12467]|12|20|128)(\.|$)/;

/** An image by its class that does not even have a size: the file ends before the Image Pixel module, between two elements. */
function cutBeforePixels({ dataSet }: Header): boolean {
  return imageClass.test(dataSet.string('x00080016') ?? '') && dataSet.elements.x00280010 === undefined;
}

function readFrames(value: number | undefined): number {
  const frames = value === undefined || Number.isNaN(value) ? 1 : value;
  if (!Number.isInteger(frames) || frames < 1) {
    throw new HilumError('image/bad-header', { what: 'Number of Frames is not a positive number' });
  }
  if (frames > limits.frames) {
    throw new HilumError('image/too-large', { actual: frames, unit: 'frames', limit: limits.frames });
  }
  return frames;
}

function readSamples(samples: number): 1 | 3 {
  if (samples === 1 || samples === 3) return samples;
  throw new HilumError('image/unsupported-pixels', { what: `${samples} samples a pixel` });
}

function readBits(
  allocated: number | undefined,
  stored: number | undefined,
  high: number | undefined,
): Pick<PixelModule, 'bitsAllocated' | 'bitsStored' | 'highBit'> {
  if (allocated === undefined) throw new HilumError('image/bad-header', { what: 'Bits Allocated is missing' });
  if (allocated === 1) throw new HilumError('image/unsupported-pixels', { what: '1-bit masks' });
  if (allocated !== 8 && allocated !== 16) {
    throw new HilumError('image/unsupported-pixels', { what: `${allocated}-bit samples` });
  }
  const bitsStored = stored ?? allocated;
  const highBit = high ?? bitsStored - 1;
  if (bitsStored < 1 || bitsStored > allocated || highBit >= allocated || highBit < bitsStored - 1) {
    throw new HilumError('image/bad-header', { what: 'Bits Stored and High Bit do not fit Bits Allocated' });
  }
  return { bitsAllocated: allocated, bitsStored, highBit };
}
