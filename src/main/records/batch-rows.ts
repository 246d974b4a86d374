import { z } from 'zod';
import { batchStates } from '../../pipeline/domain/outcome.ts';
import { type BatchResult, batchRowSchema } from '../../pipeline/protocol.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRows } from './row.ts';

/** Columns of a row with those of its file. */
export const ledgerRowShape = {
  item: z.int(),
  file: z.string(),
  sha256: z.string().nullable(),
  frame: z.int(),
  image: z.string(),
  scan: z.string(),
  group_id: z.string(),
  state: z.enum(batchStates),
  predicted: z.int().nullable(),
  probabilities: jsonColumn(batchRowSchema.shape.probabilities),
  code: batchRowSchema.shape.code,
  facts: jsonColumn(batchRowSchema.shape.facts),
};

const rowSchema = z.object(ledgerRowShape).transform(({ group_id, ...rest }) => ({ ...rest, group: group_id }));
/** Final state of one image of a batch; `predicted` indexes the batch's classes. */
export type LedgerRow = z.infer<typeof rowSchema>;

const stateCountsSchema = z.object({ state: z.enum(batchStates), images: z.int() });
const codeCountsSchema = z.object({ code: z.string(), images: z.int() });

const pageSize = 200;
const select = `SELECT r.item, i.file, i.sha256, r.frame, r.image, r.scan, r.group_id, r.state, r.predicted,
  r.probabilities, r.code, r.facts FROM batch_rows r JOIN batch_items i ON i.batch = r.batch AND i.item = r.item`;

export function batchRowsTable({ db }: RecordsContext) {
  const insert = db.prepare(`INSERT INTO batch_rows (batch, item, frame, image, scan, group_id, state, predicted,
    probabilities, code, facts, probability) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const byItem = db.prepare(`${select} WHERE r.batch = @batch AND (r.item, r.frame) > (@item, @frame)
    ORDER BY r.item, r.frame LIMIT ${pageSize}`);
  const byScan = db.prepare(`${select} WHERE r.batch = @batch AND (r.scan, r.item, r.frame) > (@scan, @item, @frame)
    ORDER BY r.scan, r.item, r.frame LIMIT ${pageSize}`);
  const states = db.prepare('SELECT state, count(*) AS images FROM batch_rows WHERE batch = ? GROUP BY state');
  const codes = db.prepare(`SELECT code, count(*) AS images FROM batch_rows
    WHERE batch = ? AND code IS NOT NULL GROUP BY code ORDER BY code`);

  /** A page at a time, so that no statement is open while the caller works and the log can be checkpointed. */
  function* paged(query: typeof byItem, batch: string): Generator<LedgerRow> {
    let last = { scan: '', item: 0, frame: -1 };
    for (;;) {
      const page = readRows('batch_rows', rowSchema, () => query.all({ batch, ...last }));
      yield* page;
      const end = page.at(-1);
      if (end === undefined || page.length < pageSize) return;
      last = { scan: end.scan, item: end.item, frame: end.frame };
    }
  }

  return {
    /** Only `batchItems.complete` calls this: a row is stored together with the end of its file. */
    insert(batch: string, { item, rows }: BatchResult): void {
      for (const row of rows) {
        const { frame, image, scan, group, state, predicted, code } = row;
        const probabilities = JSON.stringify(row.probabilities);
        const facts = JSON.stringify(row.facts);
        const probability = predicted === null ? null : (row.probabilities[predicted] ?? null);
        insert.run(batch, item, frame, image, scan, group, state, predicted, probabilities, code, facts, probability);
      }
    },
    /** All rows in the order of the list, for exports; memory stays flat. */
    inFileOrder: (batch: string): Generator<LedgerRow> => paged(byItem, batch),
    /** All rows ordered by scan, then by file: a scan's images follow each other. */
    inScanOrder: (batch: string): Generator<LedgerRow> => paged(byScan, batch),
    /** Images in each state. */
    counts(batch: string): Record<(typeof batchStates)[number], number> {
      const counts = { answered: 0, review: 0, refused: 0 };
      for (const { state, images } of readRows('batch_rows', stateCountsSchema, () => states.all(batch))) {
        counts[state] = images;
      }
      return counts;
    },
    /** Images for each code, refused or remarked upon. */
    codes(batch: string): { code: string; images: number }[] {
      return readRows('batch_rows', codeCountsSchema, () => codes.all(batch));
    },
  };
}
export type BatchRows = ReturnType<typeof batchRowsTable>;
