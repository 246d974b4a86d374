import type { Contract } from '../../domain/contract.ts';
import type { ManifestRow, SplitRow } from '../../domain/dataset.ts';
import { HilumError } from '../../domain/errors.ts';
import type { Prediction } from '../../domain/metrics.ts';

/** An image of the study with its part of the split and the index of its class. */
export interface StudyRow {
  readonly row: ManifestRow;
  readonly part: string;
  readonly label: number;
}

/**
 * Joins manifest and split. Images whose class is not among the contract's are a fault of the tables, not left out.
 * @throws HilumError `split/bad-rows` when one names an image that the other does not
 */
export function studyRows(
  manifest: readonly ManifestRow[],
  split: readonly SplitRow[],
  contract: Contract,
): StudyRow[] {
  const partOf = new Map(split.map((row) => [row.image, row.part]));
  if (partOf.size !== manifest.length) {
    throw new HilumError('split/bad-rows', {
      what: `${partOf.size} images in the split, ${manifest.length} in the manifest`,
    });
  }
  return manifest.map((row) => {
    const part = partOf.get(row.image);
    const label = contract.classes.indexOf(row.class);
    if (part === undefined) throw new HilumError('split/bad-rows', { what: 'an image of the manifest has no part' });
    if (label < 0)
      throw new HilumError('split/bad-rows', { what: `class "${row.class}" is not one of the base model's` });
    return { row, part, label };
  });
}

/** Fold numbers of a cross-validation split in order; empty for train/validation/test. */
export function foldsOf(rows: readonly StudyRow[]): number[] {
  const numbers = new Set(rows.map(({ part }) => Number(part)).filter(Number.isInteger));
  return [...numbers].sort((a, b) => a - b);
}

export function indicesWhere(rows: readonly StudyRow[], holds: (row: StudyRow) => boolean): Int32Array {
  return Int32Array.from(rows.flatMap((row, index) => (holds(row) ? [index] : [])));
}

export function predictionOf({ row, label }: StudyRow, probabilities: readonly number[]): Prediction {
  return { image: row.image, scan: row.scan, group: row.group, truth: label, probabilities };
}
