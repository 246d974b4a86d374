import type { DataSet } from 'dicom-parser';
import { HilumError } from '../../../domain/errors.ts';

/** A look-up table of DICOM (modality, VOI or palette): entry i belongs to stored value first + i; ends are held. */
export interface LookupTable {
  readonly first: number;
  readonly entries: Uint16Array;
  readonly bits: number;
}

/**
 * LUT descriptor and data (PS3.3 C.11.1.1, C.7.6.3.1.5), checked against each other before anything is read.
 * @throws HilumError `image/bad-header`
 */
export function readLookup(dataSet: DataSet, descriptor: string, data: string, signedInput: boolean): LookupTable {
  const element = dataSet.elements[data];
  const count = dataSet.uint16(descriptor, 0);
  const first = signedInput ? dataSet.int16(descriptor, 1) : dataSet.uint16(descriptor, 1);
  const bits = dataSet.uint16(descriptor, 2);
  if (element === undefined || count === undefined || first === undefined || bits === undefined) {
    throw new HilumError('image/bad-header', { what: 'a look-up table is incomplete' });
  }
  const length = count === 0 ? 65536 : count;
  const wide = element.length >= 2 * length;
  if (bits < 8 || bits > 16 || element.length < length) {
    throw new HilumError('image/bad-header', { what: 'a look-up table is shorter than its descriptor says' });
  }
  const entries = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    entries[i] = wide ? (dataSet.uint16(data, i) ?? 0) : (dataSet.byteArray[element.dataOffset + i] ?? 0);
  }
  return { first, entries, bits };
}

/** Table value of each stored value. */
export function lookUp(values: ArrayLike<number>, table: LookupTable): Float32Array {
  const { first, entries } = table;
  const last = entries.length - 1;
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = entries[Math.min(Math.max((values[i] ?? 0) - first, 0), last)] ?? 0;
  return out;
}
