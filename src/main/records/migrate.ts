import type Database from 'better-sqlite3';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { backUp } from './backup.ts';
import { migrations } from './migrations/index.ts';
import { schemaOf } from './schema.ts';
import { write } from './write.ts';

/** 'HILM': tells our files from other programs' databases. */
const applicationId = 0x48494c4d;

/**
 * Brings the records to the newest schema: a verified backup when they are not new, then every missing migration in
 * one transaction, so that a cut leaves the old or the new schema and never a mixture.
 */
export function migrate(db: Database.Database, path: string, steps: readonly (readonly string[])[] = migrations): void {
  const found = versionOf(db);
  if (found >= steps.length) return;
  if (found > 0) backUp(db, path);
  write(db, () => {
    // Read again under the write lock: another process may have come first.
    for (const step of steps.slice(versionOf(db))) for (const statement of step) db.exec(statement);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${steps.length}`);
  });
}

/** @throws HilumError `records/newer`; `records/corrupt` when the file is another program's */
export function requireOurs(db: Database.Database): void {
  const found = versionOf(db);
  const ours = found === 0 ? schemaOf(db) === '' : db.pragma('application_id', { simple: true }) === applicationId;
  if (!ours) throw new HilumError('records/corrupt', { what: 'a database of another program' });
  if (found > migrations.length) throw new HilumError('records/newer', { found, known: migrations.length });
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
