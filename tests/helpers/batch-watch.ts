import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** Waits until the records say that so many files of the newest batch have their final rows, or `over` says stop. */
export async function untilDone(database: string, files: number, over: () => boolean): Promise<number> {
  for (;;) {
    const done = doneFiles(database);
    if (done >= files || over()) return done;
    await setImmediate();
  }
}

function doneFiles(database: string): number {
  if (!existsSync(database)) return 0;
  try {
    const db = new Database(database, { readonly: true });
    try {
      const query =
        "SELECT count(*) FROM batch_items WHERE status = 'done' AND batch = (SELECT id FROM batches ORDER BY seq DESC LIMIT 1)";
      return Number(db.prepare(query).pluck().get());
    } finally {
      db.close();
    }
  } catch {
    // The writer is just making its tables.
    return 0;
  }
}
