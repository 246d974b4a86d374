import { writeStreamAtomic } from '../../pipeline/disk/atomic-stream.ts';
import { type Cell, csvLine } from '../../pipeline/disk/csv.ts';
import { notice } from '../../pipeline/domain/outcome.ts';
import type { LedgerRow } from '../records/batch-rows.ts';
import { answerOf, type Ledger, reasonOf, scanOf, setOf } from './ledger.ts';

const decimals = 6;

/** Columns of the ledger of a model with these classes. */
export function ledgerColumns(classes: readonly string[]): readonly string[] {
  const probabilities = classes.map((name) => `p_${name}`);
  return [
    'file',
    'image',
    'scan',
    'state',
    'class',
    'probability',
    ...probabilities,
    'code',
    'reason',
    'notice',
    'set',
  ];
}

/** Writes the ledger as CSV, one row an image, files in the order of the list. @throws HilumError `disk/…` */
export async function writeLedgerCsv(path: string, ledger: Ledger): Promise<void> {
  const { records, batch } = ledger;
  await writeStreamAtomic(path, async (write) => {
    await write(csvLine(ledgerColumns(batch.classes)));
    for (const row of records.batchRows.inFileOrder(batch.id)) await write(csvLine(cellsOf(row, ledger)));
  });
}

function cellsOf(row: LedgerRow, { batch, scanFrom }: Ledger): readonly Cell[] {
  const answer = answerOf(row, batch);
  const probabilities = batch.classes.map((_name, index) => row.probabilities[index]?.toFixed(decimals));
  return [
    row.file,
    row.image,
    scanOf(row, scanFrom),
    row.state,
    answer?.name,
    answer?.probability.toFixed(decimals),
    ...probabilities,
    row.code,
    reasonOf(row),
    notice,
    setOf(row, batch)?.join('; '),
  ];
}
