export type Voxels =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** One NIfTI data type: bytes a voxel, whole numbers or not, and how its voxels are seen in memory. */
export interface SampleKind {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly whole: boolean;
  view(buffer: ArrayBuffer, offset: number, length: number): Voxels;
}

/** By `datatype` code of nifti1.h. */
export const sampleKinds: Readonly<Record<number, SampleKind | undefined>> = {
  2: { bytes: 1, whole: true, view: (buffer, offset, length) => new Uint8Array(buffer, offset, length) },
  4: { bytes: 2, whole: true, view: (buffer, offset, length) => new Int16Array(buffer, offset, length) },
  8: { bytes: 4, whole: true, view: (buffer, offset, length) => new Int32Array(buffer, offset, length) },
  16: { bytes: 4, whole: false, view: (buffer, offset, length) => new Float32Array(buffer, offset, length) },
  64: { bytes: 8, whole: false, view: (buffer, offset, length) => new Float64Array(buffer, offset, length) },
  256: { bytes: 1, whole: true, view: (buffer, offset, length) => new Int8Array(buffer, offset, length) },
  512: { bytes: 2, whole: true, view: (buffer, offset, length) => new Uint16Array(buffer, offset, length) },
  768: { bytes: 4, whole: true, view: (buffer, offset, length) => new Uint32Array(buffer, offset, length) },
};

/** Voxels of a volume in this machine's byte order, copied once so that they are aligned. */
export function voxelsOf(bytes: Uint8Array, kind: SampleKind, littleEndian: boolean): Voxels {
  const copy = new Uint8Array(bytes);
  const buffer = Buffer.from(copy.buffer);
  if (!littleEndian && kind.bytes === 2) buffer.swap16();
  if (!littleEndian && kind.bytes === 4) buffer.swap32();
  if (!littleEndian && kind.bytes === 8) buffer.swap64();
  return kind.view(copy.buffer, 0, copy.length / kind.bytes);
}
