import { NIFTI1, readHeader } from 'nifti-reader-js';
import { HilumError } from '../../../domain/errors.ts';
import { checkFrameSize, limits } from '../../limits.ts';
import { type SampleKind, sampleKinds } from './samples.ts';

/** What is needed of a NIfTI header, checked: sizes are positive and within the caps, numbers are finite. */
export interface NiftiHeader {
  /** Voxels along the three axes as stored. */
  readonly size: readonly [number, number, number];
  readonly kind: SampleKind;
  readonly littleEndian: boolean;
  readonly voxelOffset: number;
  readonly voxelBytes: number;
  readonly slope: number;
  readonly intercept: number;
  /** Columns: the step of each voxel axis in right-anterior-superior millimetres. */
  readonly axes: readonly [Vector, Vector, Vector];
}

export type Vector = readonly [number, number, number];

/**
 * NIfTI-1 or NIfTI-2 header.
 * @param head the first bytes of the file, inflated; only 540 are used
 * @throws HilumError `image/bad-header`, `image/unsupported-pixels`, `image/too-large`
 */
export function parseNiftiHeader(head: Uint8Array): NiftiHeader {
  const first = new DataView(head.buffer, head.byteOffset, head.length);
  const length = first.getInt32(0, true) === 540 || first.getInt32(0, false) === 540 ? 540 : 348;
  if (head.length < length) throw new HilumError('image/truncated');
  const fixed = new Uint8Array(head.subarray(0, length));
  const raw = readFields(fixed.buffer);
  if (raw.magic.startsWith('ni'))
    throw new HilumError('image/unsupported-pixels', { what: 'a NIfTI header whose pixels lie in another file' });
  const kind = sampleKinds[raw.datatypeCode];
  if (kind === undefined) throw new HilumError('image/unsupported-pixels', { what: 'this NIfTI data type' });
  const size = volumeSize(raw.dims);
  const voxelBytes = size[0] * size[1] * size[2] * kind.bytes;
  if (voxelBytes > limits.decodedBytes) {
    throw new HilumError('image/too-large', { actual: voxelBytes, unit: 'bytes', limit: limits.decodedBytes });
  }
  if (!(Number.isInteger(raw.vox_offset) && raw.vox_offset >= length && raw.vox_offset <= limits.inflatedBytes)) {
    throw new HilumError('image/bad-header', { what: 'the offset of the voxels is not usable' });
  }
  return {
    size,
    kind,
    littleEndian: raw.littleEndian,
    voxelOffset: raw.vox_offset,
    voxelBytes,
    ...scaling(raw.scl_slope, raw.scl_inter),
    axes: axesOf(raw, new DataView(fixed.buffer)),
  };
}

type RawHeader = ReturnType<typeof readHeader>;

function readFields(fixed: ArrayBuffer): RawHeader {
  try {
    return readHeader(fixed, true);
  } catch (error) {
    throw new HilumError('image/bad-header', { what: 'the NIfTI header cannot be parsed' }, { cause: error });
  }
}

function volumeSize(dims: readonly number[]): [number, number, number] {
  const [rank = 0, x = 0, y = 0, z = 0, ...rest] = dims;
  if (!(rank >= 2 && rank <= 7))
    throw new HilumError('image/bad-header', { what: 'the number of dimensions is not 2 to 7' });
  const depth = rank >= 3 ? z : 1;
  for (const [a, b] of [
    [x, y],
    [x, depth],
    [y, depth],
  ] as const)
    checkFrameSize(a, b);
  if (Math.max(x, y, depth) > limits.framePixels || rest.slice(0, rank - 3).some((extent) => extent > 1)) {
    throw new HilumError('image/unsupported-pixels', { what: 'a volume of more than three dimensions' });
  }
  return [x, y, depth];
}

/** Slope 0 means "not scaled"; NaN is what some writers leave where nothing was set. */
function scaling(slope: number, intercept: number): Pick<NiftiHeader, 'slope' | 'intercept'> {
  if (slope === 0 || Number.isNaN(slope)) return { slope: 1, intercept: 0 };
  const shift = Number.isNaN(intercept) ? 0 : intercept;
  if (!(Number.isFinite(slope) && Number.isFinite(shift))) {
    throw new HilumError('image/bad-header', { what: 'the scaling is not finite' });
  }
  return { slope, intercept: shift };
}

/** Steps of the voxel axes: sform, else qform, else the voxel sizes alone (nifti1.h, methods 3, 2, 1). */
function axesOf(raw: RawHeader, view: DataView): [Vector, Vector, Vector] {
  const one = raw instanceof NIFTI1;
  if (raw.sform_code > 0) {
    const at = (row: number, column: number): number =>
      one
        ? view.getFloat32(280 + 16 * row + 4 * column, raw.littleEndian)
        : view.getFloat64(400 + 32 * row + 8 * column, raw.littleEndian);
    const column = (c: number): Vector => [at(0, c), at(1, c), at(2, c)];
    return [column(0), column(1), column(2)];
  }
  const [handed = 1, dx = 1, dy = 1, dz = 1] = raw.pixDims;
  if (raw.qform_code <= 0)
    return [
      [dx, 0, 0],
      [0, dy, 0],
      [0, 0, dz],
    ];
  const { quatern_b: b, quatern_c: c, quatern_d: d } = raw;
  // Rounding may push b² + c² + d² a little past 1.
  const a = Math.sqrt(Math.max(1 - b * b - c * c - d * d, 0));
  const k = handed < 0 ? -dz : dz;
  return [
    [(a * a + b * b - c * c - d * d) * dx, (2 * b * c + 2 * a * d) * dx, (2 * b * d - 2 * a * c) * dx],
    [(2 * b * c - 2 * a * d) * dy, (a * a + c * c - b * b - d * d) * dy, (2 * c * d + 2 * a * b) * dy],
    [(2 * b * d + 2 * a * c) * k, (2 * c * d - 2 * a * b) * k, (a * a + d * d - b * b - c * c) * k],
  ];
}
