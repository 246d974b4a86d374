import type { DataSet } from 'dicom-parser';
import { HilumError } from '../../../domain/errors.ts';
import { decimal, macroOf } from './functional-groups.ts';
import { type LookupTable, lookUp, readLookup } from './lookup.ts';
import type { StoredValues } from './samples.ts';

/** How stored values become the modality's values, HU for CT (PS3.3 C.11.1). */
export interface ModalityRule {
  readonly slope: number;
  readonly intercept: number;
  readonly table: LookupTable | undefined;
  /** The result is in Hounsfield units: CT with a rescale that is not declared as something else. */
  readonly hounsfield: boolean;
}

/** @throws HilumError `image/bad-header` when a rescale is written but is no number: guessing it would change every HU */
export function modalityRule(dataSet: DataSet, frame: number, signed: boolean): ModalityRule {
  const ct = dataSet.string('x00080060')?.trim() === 'CT';
  const sequence = dataSet.elements.x00283000?.items?.[0]?.dataSet;
  if (sequence !== undefined) {
    const table = readLookup(sequence, 'x00283002', 'x00283006', signed);
    return { slope: 1, intercept: 0, table, hounsfield: ct && isHu(sequence.string('x00283004')) };
  }
  const macro = macroOf(dataSet, frame, 'x00289145', 'x00281053');
  const slope = decimal(macro, 'x00281053');
  const intercept = decimal(macro, 'x00281052');
  const written = [macro.string('x00281053'), macro.string('x00281052')].map((text) => (text ?? '').trim() !== '');
  if ((written[0] && slope === undefined) || (written[1] && intercept === undefined)) {
    throw new HilumError('image/bad-header', { what: 'the rescale is no number' });
  }
  const usable = slope !== undefined && slope !== 0 && intercept !== undefined;
  const type = macro.string('x00281054');
  const hounsfield = ct && usable && (type === undefined || type.trim() === '' || isHu(type));
  return { slope: usable ? slope : 1, intercept: usable ? intercept : 0, table: undefined, hounsfield };
}

/** Modality values of stored values; int16 where slope and intercept are whole and the result fits. */
export function applyModality(values: StoredValues, rule: ModalityRule): Int16Array | Float32Array {
  const { slope, intercept, table } = rule;
  if (table !== undefined) return lookUp(values, table);
  const whole = fits(values, slope, intercept) && Number.isInteger(slope) && Number.isInteger(intercept);
  const out = whole ? new Int16Array(values.length) : new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = (values[i] ?? 0) * slope + intercept;
  return out;
}

/** HU, and what real writers spell out ("Hounsfield", "Houndsfield Unit"). US, unspecified, marks perfusion maps and the like. */
const isHu = (type: string | undefined): boolean => /^\s*(HU\s*$|HOUN)/i.test(type ?? '');

function fits(values: StoredValues, slope: number, intercept: number): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const ends = [low * slope + intercept, high * slope + intercept];
  if (!ends.every((end) => Number.isFinite(Math.fround(end)))) {
    throw new HilumError('image/bad-header', { what: 'the rescaled values are not finite' });
  }
  return ends.every((end) => end >= -32768 && end <= 32767);
}
