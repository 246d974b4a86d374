import { z } from 'zod';
import { reviewSchema } from '../../pipeline/domain/review.ts';
import { filterSql, orderSql, type RowFilter, type RowOrder } from './batch-order.ts';
import { ledgerRowShape } from './batch-rows.ts';
import type { RecordsContext } from './context.ts';
import type { ImageKey } from './review.ts';
import { readRow, readRows } from './row.ts';

const pageRowSchema = z
  .object({
    ...ledgerRowShape,
    decision: reviewSchema.shape.decision.nullable(),
    class: z.string().nullable(),
    reader: z.string().nullable(),
    at: z.string().nullable(),
  })
  .transform(({ group_id, decision, class: given, reader, at, ...row }) => ({
    ...row,
    group: group_id,
    review: decision === null || reader === null || at === null ? null : { decision, class: given, reader, at },
  }));
/** A row of the ledger with the review that counts. */
export type PageRow = z.infer<typeof pageRowSchema>;

const keySchema = z.object({ item: z.int(), frame: z.int() });
const countSchema = z.object({ total: z.int() });
const placeSchema = z.object({ place: z.int() });

/** Parts of a batch's rows, in any order. */
export function batchPages({ db }: RecordsContext) {
  const byKey = db.prepare(`SELECT r.item, i.file, i.sha256, r.frame, r.image, r.scan, r.group_id, r.state, r.predicted,
    r.probabilities, r.code, r.facts, v.decision, v.class, v.reader, v.at FROM batch_rows r
    JOIN batch_items i ON i.batch = r.batch AND i.item = r.item LEFT JOIN reviews v ON v.seq = r.review
    WHERE r.batch = ? AND r.item = ? AND r.frame = ?`);
  const row = ({ batch, item, frame }: ImageKey): PageRow | undefined =>
    readRow('batch_rows', pageRowSchema, () => byKey.get(batch, item, frame));

  return {
    /** One row; undefined when there is none. */
    row,
    /** How many images the filter leaves. */
    count(batch: string, filter: RowFilter): number {
      const { sql, values } = filterSql(filter);
      const query = db.prepare(`SELECT count(*) AS total FROM batch_rows r WHERE r.batch = ?${sql}`);
      return readRow('batch_rows', countSchema, () => query.get(batch, ...values))?.total ?? 0;
    },
    /** A page of the images that the filter leaves, in the order asked for. */
    page(batch: string, filter: RowFilter, order: RowOrder, offset: number, limit: number): PageRow[] {
      const where = filterSql(filter);
      const by = orderSql(order);
      // Only keys are sorted, out of an index; the rows themselves are fetched for this page alone.
      const query = db.prepare(`SELECT r.item, r.frame FROM ${tables(filter, order)}
        WHERE r.batch = ?${where.sql} ORDER BY ${by.sql} LIMIT ? OFFSET ?`);
      const values = [batch, ...where.values, ...by.values, limit, offset];
      const keys = readRows('batch_rows', keySchema, () => query.all(...values));
      return keys.flatMap((key) => row({ batch, ...key }) ?? []);
    },
    /** How many images stand before this one in that order; undefined when the filter hides it. */
    position({ batch, item, frame }: ImageKey, filter: RowFilter, order: RowOrder): number | undefined {
      const where = filterSql(filter);
      const by = orderSql(order);
      const query =
        db.prepare(`SELECT place FROM (SELECT r.item, r.frame, row_number() OVER (ORDER BY ${by.sql}) - 1 AS place
        FROM ${tables(filter, order)} WHERE r.batch = ?${where.sql}) WHERE item = ? AND frame = ?`);
      const values = [...by.values, batch, ...where.values, item, frame];
      return readRow('batch_rows', placeSchema, () => query.get(...values))?.place;
    },
  };
}

/** Names are in no index: a text is looked for in the table itself, where every other plan would come back to it row by row. */
function tables({ text = '' }: RowFilter, { by }: RowOrder): string {
  const rows = text === '' ? 'batch_rows r' : 'batch_rows r NOT INDEXED';
  return by === 'review' ? `${rows} LEFT JOIN reviews v ON v.seq = r.review` : rows;
}
