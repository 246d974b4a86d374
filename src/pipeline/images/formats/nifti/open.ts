import { HilumError } from '../../../domain/errors.ts';
import type { DecodedImage, OpenedImage } from '../../../domain/image.ts';
import { inflate, inflatedHead } from '../../inflate.ts';
import { limits } from '../../limits.ts';
import { type NiftiHeader, parseNiftiHeader } from './header.ts';
import { type AxialLayout, axialLayout } from './orientation.ts';
import { type Voxels, voxelsOf } from './samples.ts';

/** Below this CT number a volume must hold air: nothing but CT is stored with such values. */
const ctLimitHu = -200;

/**
 * A NIfTI volume (.nii, .nii.gz) as axial slices in radiological display, feet to head. HU when the scaled values
 * reach below -200, else display grey from smallest to largest value of the volume.
 * @throws HilumError with an `image/` code
 */
export async function openNifti(bytes: Uint8Array, gzip: boolean): Promise<OpenedImage> {
  const header = parseNiftiHeader(gzip ? inflatedHead(bytes) : bytes);
  const layout = axialLayout(header);
  if (layout.slices > limits.frames) {
    throw new HilumError('image/too-large', { actual: layout.slices, unit: 'slices', limit: limits.frames });
  }
  const end = header.voxelOffset + header.voxelBytes;
  const file = gzip ? await inflate(bytes, 'gzip', end) : bytes;
  if (file.length < end) throw new HilumError('image/truncated', { expectedBytes: end, actualBytes: file.length });
  const volume = lazily((): Volume => {
    const voxels = voxelsOf(file.subarray(header.voxelOffset, end), header.kind, header.littleEndian);
    return { voxels, header, layout, ...rangeOf(voxels, header) };
  });
  return {
    format: 'nifti',
    frames: layout.slices,
    provenance: {},
    decode: async (frame) => {
      if (!(Number.isInteger(frame) && frame >= 0 && frame < layout.slices)) {
        throw new HilumError('image/bad-header', { what: `slice ${frame + 1} of ${layout.slices} does not exist` });
      }
      return slice(volume(), frame);
    },
    details: () => ({ facts: [{ name: 'Voxel size', value: voxelSize(header) }], window: null }),
  };
}

/** Millimetres along the three axes as stored. */
function voxelSize({ axes }: NiftiHeader): string {
  const sizes = axes.map((axis) => Math.hypot(...axis));
  return `${sizes.map((size) => Number(size.toFixed(3))).join(' x ')} mm`;
}

interface Volume {
  readonly voxels: Voxels;
  readonly header: NiftiHeader;
  readonly layout: AxialLayout;
  /** Smallest and largest finite value after scaling. */
  readonly low: number;
  readonly high: number;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function rangeOf(voxels: Voxels, { slope, intercept }: NiftiHeader): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < voxels.length; i++) {
    const value = voxels[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) throw new HilumError('image/unsupported-pixels', { what: 'a volume without finite values' });
  const ends = [low * slope + intercept, high * slope + intercept];
  if (!ends.every((end) => Number.isFinite(Math.fround(end)))) {
    throw new HilumError('image/bad-header', { what: 'the scaled values are not finite' });
  }
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

function slice(volume: Volume, frame: number): DecodedImage {
  const { header, layout, low, high } = volume;
  const { width, height } = layout;
  const { slope, intercept, kind } = header;
  if (low >= ctLimitHu) {
    const range = high > low ? high - low : 1;
    const pixels = new Uint8Array(width * height);
    // Rounded by the half that the conversion to bytes cuts off.
    fill(volume, frame, pixels, (255 * slope) / range, (255 * (intercept - low)) / range + 0.5);
    return { width, height, pixels, domain: 'display', white: 255, plane: 'axial' };
  }
  const whole = kind.whole && Number.isInteger(slope) && Number.isInteger(intercept) && low >= -32768 && high <= 32767;
  const pixels = whole ? new Int16Array(width * height) : new Float32Array(width * height);
  fill(volume, frame, pixels, slope, intercept);
  return { width, height, pixels, domain: 'hounsfield', white: 0, plane: 'axial' };
}

/** Copies one slice in display order as value * gain + shift; what is not finite becomes the darkest value. */
function fill(
  { voxels, layout, header, low }: Volume,
  frame: number,
  pixels: Uint8Array | Int16Array | Float32Array,
  gain: number,
  shift: number,
): void {
  const { width, height, start, across, down, up } = layout;
  const darkest = ((low - header.intercept) / header.slope) * gain + shift;
  for (let row = 0, i = 0; row < height; row++) {
    let at = start + frame * up + row * down;
    for (let column = 0; column < width; column++, i++, at += across) {
      const value = (voxels[at] ?? 0) * gain + shift;
      pixels[i] = Number.isFinite(value) ? value : darkest;
    }
  }
}
