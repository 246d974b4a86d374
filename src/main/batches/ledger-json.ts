import { basename } from 'node:path';
import { writeStreamAtomic } from '../../pipeline/disk/atomic-stream.ts';
import { notice } from '../../pipeline/domain/outcome.ts';
import type { LedgerRow } from '../records/batch-rows.ts';
import type { Batch } from '../records/batches.ts';
import { reviewKey } from '../records/review.ts';
import type { ModelIdentity } from '../workspace/model-identity.ts';
import { answerOf, countsOf, type Ledger, reasonOf, scanOf, setOf } from './ledger.ts';
import { type ScanAnswer, scanAnswers } from './scan-votes.ts';

/** What the ledger as JSON says besides its rows. */
export interface LedgerHead {
  readonly model: { readonly card: Pick<ModelIdentity['card'], 'title' | 'trained_on'> };
  readonly createdAt: string;
  readonly elapsedMs: number;
  readonly imagesPerSecond: number;
  /** Rows say what a reader said of them; for the report. */
  readonly withReviews?: boolean | undefined;
}

/** Writes the ledger as one JSON value, row by row. @throws HilumError `disk/…` */
export async function writeLedgerJson(path: string, ledger: Ledger, head: LedgerHead): Promise<void> {
  const { records, batch, scanFrom } = ledger;
  await writeStreamAtomic(path, async (write) => {
    await write(JSON.stringify(headOf(ledger, head)).slice(0, -1));
    await write(',\n"scans":[');
    let before = '\n';
    for (const scan of scanAnswers(records.batchRows.inScanOrder(batch.id), scanFrom)) {
      await write(before + JSON.stringify(scanValue(scan, batch)));
      before = ',\n';
    }
    await write('],\n"rows":[');
    before = '\n';
    const reviews = head.withReviews === true ? records.reviews.ofBatch(batch.id) : undefined;
    for (const row of records.batchRows.inFileOrder(batch.id)) {
      const value = rowValue(row, ledger);
      const review = reviews?.get(reviewKey(row));
      await write(before + JSON.stringify(review === undefined ? value : { ...value, review }));
      before = ',\n';
    }
    await write(']}\n');
  });
}

function headOf(ledger: Ledger, { model, createdAt, elapsedMs, imagesPerSecond }: LedgerHead): object {
  const { batch } = ledger;
  return {
    notice,
    created_at: createdAt,
    source: basename(batch.folder),
    model: { name: model.card.title, seal: batch.modelSeal, trained_on: model.card.trained_on, classes: batch.classes },
    review_below: batch.options.review_below ?? null,
    answering: batch.options.answering ?? null,
    outcome: batch.outcome,
    counts: countsOf(ledger),
    elapsed_ms: Math.round(elapsedMs),
    images_per_second: rounded(imagesPerSecond),
  };
}

function scanValue({ scan, group, predicted, probability, images, keySlices }: ScanAnswer, { classes }: Batch): object {
  return { scan, group, class: classes[predicted], probability: rounded(probability), images, key_slices: keySlices };
}

function rowValue(row: LedgerRow, { batch, scanFrom }: Ledger): object {
  const answer = answerOf(row, batch);
  const each = batch.classes.map((name, index): [string, number] => [name, rounded(row.probabilities[index] ?? 0)]);
  return {
    file: row.file,
    image: row.image,
    scan: scanOf(row, scanFrom),
    group: row.group,
    state: row.state,
    class: answer?.name ?? null,
    probability: answer === null ? null : rounded(answer.probability),
    probabilities: answer === null ? {} : Object.fromEntries(each),
    code: row.code,
    reason: reasonOf(row),
    set: setOf(row, batch),
  };
}

/** The digits that the CSV shows. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
