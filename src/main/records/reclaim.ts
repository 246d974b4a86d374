import type Database from 'better-sqlite3';
import { recordsError } from './errors.ts';

/** Below it, freed pages are kept for the next rows: writing the whole file anew is not worth so little. */
const leastFreeBytes = 2 ** 20;
const leastFreeShare = 0.2;

/**
 * Gives space that deleted rows took back to the disk, when there is much of it. Blocks while the file is written anew.
 * @param always also when it is little
 * @returns bytes by which the file is smaller
 * @throws HilumError `disk/…`, `workspace/busy`; nothing is lost then
 */
export function reclaimer(db: Database.Database) {
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }));
  return (always = false): number => {
    const pageBytes = pragma('page_size');
    const before = pragma('page_count') * pageBytes;
    const free = pragma('freelist_count') * pageBytes;
    if (free === 0 || (!always && (free < leastFreeBytes || free < leastFreeShare * before))) return 0;
    try {
      db.exec('VACUUM');
      // What VACUUM wrote lies in the log until it is taken over; a reader beside us puts that off, and that is all it does.
      db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      throw recordsError(error);
    }
    return before - pragma('page_count') * pageBytes;
  };
}
