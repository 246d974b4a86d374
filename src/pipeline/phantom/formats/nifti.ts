import { gzipSync } from 'node:zlib';
import { HilumError } from '../../domain/errors.ts';
import type { PhantomSlice } from '../slice.ts';

const headerBytes = 348;
const dataOffset = 352;
const int16Code = 4;
const millimetres = 2;
const scannerCoordinates = 1;

/**
 * NIfTI-1 volume (.nii.gz) of axial slices, given from the feet up. Voxel value = HU.
 * The affine turns the pixels' left-posterior-superior directions into NIfTI's right-anterior-superior.
 */
export function niftiFile(slices: readonly PhantomSlice[]): Uint8Array {
  const first = slices[0];
  if (first === undefined) throw new HilumError('bug/unexpected', { name: 'empty volume' });
  const stepMm = slices[1] === undefined ? 1 : slices[1].cut.origin[2] - first.cut.origin[2];
  const header = niftiHeader(first.width, first.height, slices.length);
  const { origin, right, down, pixelMm } = first.cut;
  header.writeFloatLE(pixelMm, 80);
  header.writeFloatLE(pixelMm, 84);
  header.writeFloatLE(stepMm, 88);
  const rows = [
    [-right[0], -down[0], 0, -origin[0]],
    [-right[1], -down[1], 0, -origin[1]],
    [right[2], down[2], stepMm, origin[2]],
  ];
  rows.flat().forEach((value, i) => {
    header.writeFloatLE(value, 280 + 4 * i);
  });
  const voxels = slices.map((slice) => {
    const bytes = Buffer.alloc(slice.hu.length * 2);
    slice.hu.forEach((hu, i) => {
      bytes.writeInt16LE(hu, 2 * i);
    });
    return bytes;
  });
  return gzipSync(Buffer.concat([header, ...voxels]), { level: 6 });
}

/** Header of an int16 volume with the sform in use; dimensions may be anything, also 0 (a broken file for tests). */
export function niftiHeader(width: number, height: number, depth: number): Buffer {
  const header = Buffer.alloc(dataOffset);
  header.writeInt32LE(headerBytes, 0);
  [3, width, height, depth, 1, 1, 1, 1].forEach((value, i) => {
    header.writeInt16LE(value, 40 + 2 * i);
  });
  header.writeInt16LE(int16Code, 70);
  header.writeInt16LE(16, 72);
  header.writeFloatLE(1, 76);
  header.writeFloatLE(dataOffset, 108);
  header.writeFloatLE(1, 112);
  header.writeInt8(millimetres, 123);
  header.write('Hilum phantom', 148, 'latin1');
  header.writeInt16LE(scannerCoordinates, 254);
  header.write('n+1\0', 344, 'latin1');
  return header;
}
