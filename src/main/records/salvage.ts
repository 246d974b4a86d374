import { existsSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Lock, lockStateFolder } from '../workspace/lock.ts';
import { restoreNewest } from './backup.ts';

/**
 * Moves damaged records aside, whole, and puts the newest good backup in their place, so that the next start works.
 * Only under the lock: another process may be writing into the same file.
 * @returns the error that tells what happened
 * @throws HilumError `workspace/busy`
 */
export function setAside(path: string, what: string, held: Lock | undefined, now: Date): HilumError {
  const lock = held ?? lockStateFolder(dirname(path));
  try {
    const moved = freeName(`${path}.damaged-${now.toISOString().replace(/[-:]|\..*$/g, '')}`);
    // SQLite finds a log by the name of its database: both keep belonging together.
    for (const part of ['-wal', '-shm', '']) {
      if (existsSync(path + part)) renameSync(path + part, moved + part);
    }
    const restored = restoreNewest(path);
    return new HilumError('records/corrupt', { what, moved: basename(moved), restored });
  } finally {
    if (held === undefined) lock.release();
  }
}

function freeName(wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
