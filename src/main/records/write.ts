import type Database from 'better-sqlite3';
import { errnoOf } from '../../pipeline/domain/errors.ts';
import { recordsError } from './errors.ts';

/**
 * Runs `work` in one IMMEDIATE transaction: the write lock is taken first, so a busy database is waited for, where a
 * deferred transaction that reads and then writes would fail at once. On return the rows are on the disk.
 * @throws HilumError `disk/full`, `disk/failed`, `workspace/busy`, `records/corrupt`; nothing of `work` is kept then
 */
export function write<T>(db: Database.Database, work: () => T): T {
  // Joins the transaction that is open: an outer function decides what belongs together.
  if (db.inTransaction) return work();
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    // After a failed fsync the kernel may have dropped the pages: what this connection holds in memory can no longer be trusted.
    if (errnoOf(error)?.startsWith('SQLITE_IOERR')) db.close();
    throw recordsError(error);
  }
}
