/** What a test wants of a NIfTI-1 file. */
export interface NiftiOptions {
  readonly size: readonly number[];
  /** Bytes of the voxels in file order. */
  readonly voxels: Uint8Array;
  readonly datatype?: number;
  readonly slope?: number;
  readonly intercept?: number;
  /** Rows of the sform, three numbers and an offset each. */
  readonly sform?: readonly (readonly number[])[];
  /** Quaternion b, c, d and qfac; used when there is no sform. */
  readonly qform?: readonly [number, number, number, number];
  readonly pixdim?: readonly number[];
  readonly bigEndian?: boolean;
  readonly voxelOffset?: number;
}

/** A single-file NIfTI-1 volume (nifti1.h), for tests. */
export function makeNifti(options: NiftiOptions): Uint8Array {
  const { size, voxels, datatype = 4, slope = 0, intercept = 0, bigEndian = false, voxelOffset = 352 } = options;
  const file = new Uint8Array(352 + voxels.length);
  const view = new DataView(file.buffer);
  const little = !bigEndian;
  view.setInt32(0, 348, little);
  [size.length, ...size].forEach((extent, i) => {
    view.setInt16(40 + 2 * i, extent, little);
  });
  view.setInt16(70, datatype, little);
  const [b = 0, c = 0, d = 0, handed = 1] = options.qform ?? [];
  [handed, ...(options.pixdim ?? [1, 1, 1])].forEach((step, i) => {
    view.setFloat32(76 + 4 * i, step, little);
  });
  view.setFloat32(108, voxelOffset, little);
  view.setFloat32(112, slope, little);
  view.setFloat32(116, intercept, little);
  view.setInt16(252, options.qform === undefined ? 0 : 1, little);
  view.setInt16(254, options.sform === undefined ? 0 : 1, little);
  [b, c, d].forEach((value, i) => {
    view.setFloat32(256 + 4 * i, value, little);
  });
  options.sform?.flat().forEach((value, i) => {
    view.setFloat32(280 + 4 * i, value, little);
  });
  file.set([0x6e, 0x2b, 0x31, 0], 344);
  file.set(voxels, 352);
  return file;
}
