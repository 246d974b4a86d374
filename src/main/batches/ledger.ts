import { sentenceOf } from '../../pipeline/domain/errors.ts';
import type { LedgerRow } from '../records/batch-rows.ts';
import type { Batch } from '../records/batches.ts';
import type { Records } from '../records/index.ts';
import type { ScanFrom } from './plan.ts';

/** The rows of a batch, as they are told to people. */
export interface Ledger {
  readonly records: Records;
  readonly batch: Batch;
  readonly scanFrom: ScanFrom;
}

/** Images by state, and the files that they came from. */
export interface LedgerCounts {
  readonly files: number;
  readonly images: number;
  readonly answered: number;
  readonly review: number;
  readonly refused: number;
}

export function countsOf({ records, batch }: Ledger): LedgerCounts {
  const states = records.batchRows.counts(batch.id);
  const { done } = records.batchItems.counts(batch.id);
  return { files: done, images: states.answered + states.review + states.refused, ...states };
}

/** Scan of an image; empty when it belongs to no known one. */
export function scanOf(row: LedgerRow, scanFrom: ScanFrom): string {
  if (row.scan !== '' || scanFrom === 'metadata') return row.scan;
  const end = row.file.lastIndexOf('/');
  return end < 0 ? '.' : row.file.slice(0, end);
}

/** Why an image was refused, or what is to be known about its answer; null when there is nothing to say. */
export function reasonOf({ code, facts }: LedgerRow): string | null {
  return code === null ? null : sentenceOf(code, facts);
}

/** Classes that cannot be excluded; null where the model makes no conformal sets, and for a refused image. */
export function setOf({ facts }: LedgerRow, { classes }: Batch): string[] | null {
  if (typeof facts.set !== 'string') return null;
  const indices = facts.set === '' ? [] : facts.set.split(' ').map(Number);
  return indices.flatMap((index) => classes[index] ?? []);
}

/** Class and its probability; null for a refused image. */
export function answerOf(row: LedgerRow, { classes }: Batch): { name: string; probability: number } | null {
  if (row.predicted === null) return null;
  const name = classes[row.predicted];
  const probability = row.probabilities[row.predicted];
  return name === undefined || probability === undefined ? null : { name, probability };
}
