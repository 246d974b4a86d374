import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { requireLocalDisk } from './disk-kind.ts';

/** The right to write in a workspace. Held by one process; the kernel frees it when that process ends in any way. */
export interface Lock {
  release(): void;
}

/** Keeps every held lock reachable: a connection that the garbage collector finds is closed, and its lock is gone. */
const held = new Set<Database.Database>();

/**
 * Takes the workspace's lock: an exclusive SQLite transaction on `.hilum/lock.db`, never a PID that outlives its process.
 * No other code may open that file: closing any descriptor of it would drop the lock (POSIX fcntl).
 * @throws HilumError `workspace/busy`, `workspace/unsafe-disk`, `config/not-writable`
 */
export function lockWorkspace(folder: string): Lock {
  return lockStateFolder(join(folder, '.hilum'));
}

/** The same for a known `.hilum` folder. */
export function lockStateFolder(state: string): Lock {
  requireLocalDisk(state);
  try {
    mkdirSync(state, { recursive: true });
    return take(join(state, 'lock.db'));
  } catch (error) {
    throw lockError(error);
  }
}

function take(path: string): Lock {
  try {
    return begin(path);
  } catch (error) {
    if (errnoOf(error) !== 'SQLITE_NOTADB') throw error;
    // It never holds data, so a damaged lock file only stands in the way.
    renameSync(path, `${path}.damaged`);
    return begin(path);
  }
}

function begin(path: string): Lock {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  held.add(db);
  return {
    release: () => {
      held.delete(db);
      db.close();
    },
  };
}

function lockError(error: unknown): unknown {
  const errno = errnoOf(error);
  if (errno === undefined || error instanceof HilumError) return error;
  if (errno.startsWith('SQLITE_BUSY')) return new HilumError('workspace/busy', {}, { cause: error });
  return new HilumError('config/not-writable', { path: '.hilum/lock.db', errno }, { cause: error });
}
