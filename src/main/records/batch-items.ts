import { z } from 'zod';
import type { BatchResult } from '../../pipeline/protocol.ts';
import type { BatchRows } from './batch-rows.ts';
import type { RecordsContext } from './context.ts';
import { readRow, readRows } from './row.ts';
import { write } from './write.ts';

const itemSchema = z
  .object({
    item: z.int(),
    file: z.string(),
    path: z.string(),
    size: z.int(),
    mtime_ms: z.number(),
  })
  .transform(({ mtime_ms, ...rest }) => ({ ...rest, mtimeMs: mtime_ms }));
/** One file of the work list. `item`: 1, 2, … in the order of the list. */
export type ListedFile = z.infer<typeof itemSchema>;

const countsSchema = z.object({ files: z.int(), done: z.int() });

const transactionSize = 1000;

export function batchItemsTable({ db }: RecordsContext, rows: BatchRows) {
  const insert = db.prepare(`INSERT INTO batch_items (batch, item, file, path, size, mtime_ms, status)
    VALUES (?, ?, ?, ?, ?, ?, 'pending')`);
  const pending = db.prepare(`SELECT item, file, path, size, mtime_ms FROM batch_items
    WHERE batch = ? AND item > ? AND status = 'pending' ORDER BY item LIMIT ?`);
  const finish = db.prepare(`UPDATE batch_items SET status = 'done', sha256 = ?
    WHERE batch = ? AND item = ? AND status = 'pending'`);
  const count = db.prepare(
    "SELECT count(*) AS files, coalesce(sum(status = 'done'), 0) AS done FROM batch_items WHERE batch = ?",
  );

  return {
    /** Adds files to the list in transactions of at most 1,000 rows; reads the input as it goes. */
    addMany(batch: string, files: Iterable<ListedFile>): void {
      let group: ListedFile[] = [];
      const store = (): void =>
        write(db, () => {
          for (const { item, file, path, size, mtimeMs } of group) insert.run(batch, item, file, path, size, mtimeMs);
        });
      for (const file of files) {
        group.push(file);
        if (group.length < transactionSize) continue;
        store();
        group = [];
      }
      if (group.length > 0) store();
    },
    /** The next files without a result, in order. */
    pending(batch: string, afterItem: number, limit: number): ListedFile[] {
      return readRows('batch_items', itemSchema, () => pending.all(batch, afterItem, limit));
    },
    /**
     * Stores the results of files in one transaction. A file that already has its result keeps it: re-sent results are ignored.
     * @returns how many files were new
     */
    complete(batch: string, results: readonly BatchResult[]): number {
      return write(db, () => {
        let completed = 0;
        for (const result of results) {
          if (finish.run(result.sha256, batch, result.item).changes === 0) continue;
          rows.insert(batch, result);
          completed++;
        }
        return completed;
      });
    },
    /** Files of the list, and how many of them have their final rows. */
    counts(batch: string): { files: number; done: number } {
      return readRow('batch_items', countsSchema, () => count.get(batch)) ?? { files: 0, done: 0 };
    },
  };
}
