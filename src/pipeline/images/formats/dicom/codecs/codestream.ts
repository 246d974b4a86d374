import { HilumError } from '../../../../domain/errors.ts';
import { jpegHeader } from '../../jpeg.ts';
import type { PixelModule } from '../pixel-module.ts';

/** Size and sample depth that a codestream claims for itself. */
export interface Codestream {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly bits: number;
  readonly signed: boolean;
}

/** JPEG and JPEG-LS: frame header, and the end marker that a whole stream has. */
export function jpegStream(bytes: Uint8Array): Codestream & { readonly process: number } {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new HilumError('image/corrupt', { format: 'JPEG' });
  requireEnd(bytes);
  return { ...jpegHeader(bytes), signed: false };
}

/** JPEG 2000: SIZ segment (ITU-T T.800 A.5.1) of a bare codestream or one inside a JP2 box. */
export function jpeg2000Stream(bytes: Uint8Array): Codestream {
  const at = findStart(bytes);
  if (at < 0 || at + 44 > bytes.length) throw new HilumError('image/corrupt', { format: 'JPEG 2000' });
  requireEnd(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  const depth = view.getUint8(42);
  return {
    width: view.getUint32(8) - view.getUint32(16),
    height: view.getUint32(12) - view.getUint32(20),
    components: view.getUint16(40),
    bits: (depth & 0x7f) + 1,
    signed: depth > 0x7f,
  };
}

/**
 * A codec allocates what the codestream claims, so the claim must equal the DICOM header, which was checked before.
 * @throws HilumError `image/corrupt`, `image/unsupported-pixels`
 */
export function checkStream(stream: Codestream, pixels: PixelModule, format: string): void {
  if (stream.width !== pixels.columns || stream.height !== pixels.rows || stream.components !== pixels.samples) {
    throw new HilumError('image/corrupt', { format, what: 'its size differs from the header' });
  }
  if (stream.bits > 16) throw new HilumError('image/unsupported-pixels', { what: `${stream.bits}-bit samples` });
}

/** What a decoder says it has made; a JP2 palette could have changed it. */
export interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
}

/** Decoded bytes as 8- or 16-bit integers, copied out of the codec's memory. */
export function integers(
  decoder: { getDecodedBuffer(): Uint8Array; getFrameInfo(): FrameInfo },
  stream: Codestream,
  format: string,
): Uint8Array | Uint16Array | Int16Array {
  const info = decoder.getFrameInfo();
  const bytes = decoder.getDecodedBuffer();
  const same =
    info.width === stream.width &&
    info.height === stream.height &&
    info.componentCount === stream.components &&
    info.bitsPerSample === stream.bits;
  if (!same) throw new HilumError('image/corrupt', { format, what: 'it decodes to another size' });
  const count = stream.width * stream.height * stream.components;
  const width = stream.bits <= 8 ? 1 : 2;
  if (bytes.length < count * width) throw new HilumError('image/corrupt', { format, what: 'too few pixels' });
  const copy = bytes.slice(0, count * width);
  if (width === 2) return stream.signed ? new Int16Array(copy.buffer) : new Uint16Array(copy.buffer);
  return stream.signed ? Int16Array.from(new Int8Array(copy.buffer)) : copy;
}

/** EOI of JPEG and EOC of JPEG 2000 are the same two bytes; padding may follow. */
function requireEnd(bytes: Uint8Array): void {
  const end = bytes.length - 1;
  for (let at = end; at > 0 && at > end - 64; at--) {
    if (bytes[at] === 0xd9 && bytes[at - 1] === 0xff) return;
  }
  throw new HilumError('image/truncated');
}

/** A bare codestream begins at once; some writers leave the JP2 boxes around it (PS3.5 A.4.4 forbids them). */
function findStart(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isStart = (at: number): boolean => at + 4 <= bytes.length && view.getUint32(at) === 0xff4fff51;
  if (isStart(0)) return 0;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6a703263) return isStart(at + 8) ? at + 8 : -1;
    if (length < 8) return -1;
    at += length;
  }
  return -1;
}
