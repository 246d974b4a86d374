import type { LedgerRow } from '../records/batch-rows.ts';
import { answerOf, countsOf, type Ledger, type LedgerCounts } from './ledger.ts';
import { scanAnswers } from './scan-votes.ts';

/** A finished batch in a few figures. */
export interface BatchSummary {
  readonly counts: LedgerCounts;
  /** Scans with an answer. */
  readonly scans: number;
  /** Images refused for each code. */
  readonly refusedCodes: Readonly<Record<string, number>>;
  /** Images marked for review for each code. */
  readonly reviewCodes: Readonly<Record<string, number>>;
  /** Images answered or marked for review for each class. */
  readonly classes: Readonly<Record<string, number>>;
}

export function summaryOf(ledger: Ledger): BatchSummary {
  const codes = { refused: new Map<string, number>(), review: new Map<string, number>() };
  const classes = new Map(ledger.batch.classes.map((name) => [name, 0]));
  const rows = watched(ledger, (row) => {
    if (row.state !== 'answered' && row.code !== null) {
      codes[row.state].set(row.code, (codes[row.state].get(row.code) ?? 0) + 1);
    }
    const answer = answerOf(row, ledger.batch);
    if (answer !== null) classes.set(answer.name, (classes.get(answer.name) ?? 0) + 1);
  });
  let scans = 0;
  for (const _scan of scanAnswers(rows, ledger.scanFrom)) scans++;
  return {
    counts: countsOf(ledger),
    scans,
    refusedCodes: byName(codes.refused),
    reviewCodes: byName(codes.review),
    classes: Object.fromEntries(classes),
  };
}

function byName(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function* watched({ records, batch }: Ledger, look: (row: LedgerRow) => void): Generator<LedgerRow> {
  for (const row of records.batchRows.inScanOrder(batch.id)) {
    look(row);
    yield row;
  }
}
