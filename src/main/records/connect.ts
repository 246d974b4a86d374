import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import { requireLocalDisk } from '../workspace/disk-kind.ts';
import type { Lock } from '../workspace/lock.ts';
import { backupsOf } from './backup.ts';
import { requireSafeEngine } from './engine.ts';
import { recordsError } from './errors.ts';
import { migrate, requireOurs } from './migrate.ts';
import { setAside } from './salvage.ts';
import { requireOwnSchema } from './schema.ts';

/**
 * Opens the database file, new or old, checked and migrated.
 * @throws HilumError `workspace/unsafe-disk`, `records/old-engine`, `records/newer`, `config/not-writable`, and
 * `records/corrupt` after the damaged file was moved aside (the next start then works)
 */
export function connect(path: string, lock: Lock | undefined, now: Date): Database.Database {
  requireLocalDisk(dirname(path));
  try {
    mkdirSync(dirname(path), { recursive: true });
    requireFile(path);
    inspect(path);
    return prepared(path, lock !== undefined);
  } catch (error) {
    const known = diskError(recordsError(error), 'The folder of the records');
    if (hasCode(known, 'records/corrupt')) throw setAside(path, String(known.facts.what), lock, now);
    throw known;
  }
}

function requireFile(path: string): void {
  if (!existsSync(path)) return;
  const stat = statSync(path);
  if (!stat.isFile()) throw new HilumError('records/corrupt', { what: 'no file stands in their place' });
  // A file that was just made is empty too, but then there is no backup yet.
  if (stat.size === 0 && backupsOf(path).length > 0) throw new HilumError('records/corrupt', { what: '0 bytes' });
}

/** Looks read-only first, so that what is not for this program to open stays as it is. */
function inspect(path: string): void {
  if (!existsSync(path)) return;
  const db = new Database(path, { readonly: true });
  try {
    requireOurs(db);
  } finally {
    db.close();
  }
}

/**
 * What durability needs: WAL's default of NORMAL would lose acknowledged rows in a power cut.
 * @throws HilumError `workspace/unsafe-disk` where the disk cannot hold a WAL
 */
export function setUp(db: Database.Database): void {
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new HilumError('workspace/unsafe-disk', { kind: `${mode}-only` });
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('cell_size_check = ON');
  db.pragma(`journal_size_limit = ${64 * 2 ** 20}`);
}

function prepared(path: string, thorough: boolean): Database.Database {
  const db = new Database(path);
  try {
    requireSafeEngine(String(db.prepare('SELECT sqlite_version()').pluck().get()));
    setUp(db);
    // Reads every page: only the writer of the workspace pays for it.
    const state = thorough ? db.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (state !== 'ok') throw new HilumError('records/corrupt', { what: 'quick_check' });
    migrate(db, path);
    requireOwnSchema(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
