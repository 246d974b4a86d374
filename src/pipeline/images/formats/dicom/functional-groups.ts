import type { DataSet } from 'dicom-parser';

/**
 * The data set in which a macro's attributes stand for one frame: its own functional group, else the shared one,
 * else the top level (PS3.3 C.7.6.16).
 * @param sequence tag of the macro's sequence, for example x00289145 @param attribute one tag the macro must hold
 */
export function macroOf(dataSet: DataSet, frame: number, sequence: string, attribute: string): DataSet {
  const own = dataSet.elements.x52009230?.items?.[frame]?.dataSet;
  const shared = dataSet.elements.x52009229?.items?.[0]?.dataSet;
  for (const group of [own, shared]) {
    const macro = group?.elements[sequence]?.items?.[0]?.dataSet;
    if (macro?.elements[attribute] !== undefined) return macro;
  }
  return dataSet;
}

/** Finite number of a decimal string, or undefined. */
export function decimal(dataSet: DataSet, tag: string, index = 0): number | undefined {
  const value = dataSet.floatString(tag, index);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** All numbers of a decimal string, or undefined where one of them is not finite. */
export function decimals(dataSet: DataSet, tag: string, count: number): number[] | undefined {
  const values = Array.from({ length: count }, (_, index) => decimal(dataSet, tag, index));
  return values.every((value) => value !== undefined) ? values : undefined;
}
