import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';

/** SQLite's failures as codes; anything else passes unchanged. */
export function recordsError(error: unknown): unknown {
  const errno = errnoOf(error);
  if (error instanceof HilumError || errno === undefined || !errno.startsWith('SQLITE_')) return error;
  const cause = { cause: error };
  if (isDamage(error)) return new HilumError('records/corrupt', { what: errno }, cause);
  if (errno === 'SQLITE_FULL') return new HilumError('disk/full', {}, cause);
  if (errno.startsWith('SQLITE_BUSY')) return new HilumError('workspace/busy', {}, cause);
  if (errno.startsWith('SQLITE_IOERR')) return new HilumError('disk/failed', { errno }, cause);
  if (errno.startsWith('SQLITE_READONLY') || errno.startsWith('SQLITE_CANTOPEN')) {
    return new HilumError('config/not-writable', { path: 'The file of the records', errno }, cause);
  }
  return error;
}

/** Whether SQLite says that the bytes of the file are not a sound database. */
export function isDamage(error: unknown): boolean {
  const errno = errnoOf(error) ?? '';
  return errno.startsWith('SQLITE_CORRUPT') || errno === 'SQLITE_NOTADB';
}
