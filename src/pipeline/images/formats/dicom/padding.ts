import type { DataSet } from 'dicom-parser';
import type { StoredValues } from './samples.ts';

/** Stored values that stand for "nothing was measured here" (PS3.3 C.7.5.1.1.2): one value, or a range of them. */
export interface Padding {
  readonly low: number;
  readonly high: number;
}

/** CT number of air: what padding becomes when it would otherwise look like tissue. */
const airHu = -1024;
const darkHu = -900;

export function readPadding(dataSet: DataSet, signed: boolean): Padding | undefined {
  const read = (tag: string): number | undefined => (signed ? dataSet.int16(tag) : dataSet.uint16(tag));
  const value = read('x00280120');
  if (value === undefined) return undefined;
  const limit = read('x00280121') ?? value;
  return { low: Math.min(value, limit), high: Math.max(value, limit) };
}

export const isPadding = (value: number, padding: Padding | undefined): boolean =>
  padding !== undefined && value >= padding.low && value <= padding.high;

/** Padding that would be brighter than air becomes air; padding that is already as dark keeps its value. */
export function darkenPadding(hu: Int16Array | Float32Array, stored: StoredValues, padding: Padding): void {
  for (let i = 0; i < hu.length; i++) {
    if ((hu[i] ?? 0) > darkHu && isPadding(stored[i] ?? 0, padding)) hu[i] = airHu;
  }
}
