import { HilumError } from '../../domain/errors.ts';
import type { DecodedImage, OpenedImage } from '../../domain/image.ts';
import type { SampleType, Viewed, ViewInput } from '../../domain/view.ts';

/** Pixels that a page can hold and draw; larger pictures are no CT. */
const mostPixels = 25e6;

/** A frame with its values as they are. @throws HilumError `image/too-large`, or what the file says of it */
export function viewOf(opened: OpenedImage, image: DecodedImage, { frame, contract }: ViewInput): Viewed {
  const { width, height, domain, white, plane } = image;
  if (width * height > mostPixels) {
    throw new HilumError('image/too-large', { actual: width * height, unit: 'pixels', limit: mostPixels });
  }
  const details = opened.details?.(frame);
  const facts = [
    { name: 'Matrix', value: `${width} x ${height}` },
    ...(opened.frames > 1 ? [{ name: 'Slice', value: `${frame + 1} of ${opened.frames}` }] : []),
    // Of a picture without orientation the plane is a guess by its shape.
    ...(details === undefined || plane === 'unknown' ? [] : [{ name: 'Plane', value: plane }]),
    ...(details?.facts ?? []),
  ];
  const window = domain === 'hounsfield' ? (details?.window ?? contract?.windows[0] ?? null) : null;
  return { width, height, domain, white, ...samplesOf(image.pixels), frames: opened.frames, window, facts };
}

function samplesOf(pixels: DecodedImage['pixels']): { sampleType: SampleType; pixels: Uint8Array } {
  if (pixels instanceof Int32Array) return samplesOf(narrowed(pixels));
  return { sampleType: typeOf(pixels), pixels: littleEndian(pixels) };
}

function typeOf(pixels: Exclude<DecodedImage['pixels'], Int32Array>): SampleType {
  if (pixels instanceof Uint8Array) return 'uint8';
  if (pixels instanceof Uint16Array) return 'uint16';
  return pixels instanceof Int16Array ? 'int16' : 'float32';
}

/** int16 where every value fits; float32 holds whole numbers to 2^24, more than any scanner writes. */
function narrowed(pixels: Int32Array): Int16Array | Float32Array {
  const fits = pixels.every((value) => value >= -32768 && value <= 32767);
  return fits ? Int16Array.from(pixels) : Float32Array.from(pixels);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function littleEndian(pixels: Exclude<DecodedImage['pixels'], Int32Array>): Uint8Array {
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  if (isLittleEndian || pixels.BYTES_PER_ELEMENT === 1) return bytes;
  const turned = Buffer.from(bytes);
  return pixels.BYTES_PER_ELEMENT === 2 ? turned.swap16() : turned.swap32();
}
