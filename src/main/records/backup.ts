import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { recordsError } from './errors.ts';

const kept = 5;
const backupName = /^hilum-\d{6}\.db$/;

const folderOf = (path: string): string => join(dirname(path), 'backups');

/** Backups of these records, oldest first. Numbers and not times give the order: clocks jump. */
export function backupsOf(path: string): string[] {
  const folder = folderOf(path);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => backupName.test(name));
  return names.sort().map((name) => join(folder, name));
}

/**
 * Writes a backup beside the records, verifies it and keeps the newest five.
 * @throws HilumError `disk/full`, `disk/failed`, `records/corrupt`
 */
export function backUp(db: Database.Database, path: string): void {
  const folder = folderOf(path);
  mkdirSync(folder, { recursive: true });
  const earlier = backupsOf(path);
  const number = Number(earlier.at(-1)?.slice(-9, -3) ?? 0) + 1;
  const target = join(folder, `hilum-${String(number).padStart(6, '0')}.db`);
  const temporary = `${target}.tmp`;
  try {
    rmSync(temporary, { force: true });
    db.prepare('VACUUM INTO ?').run(temporary);
    if (!isSound(temporary)) throw new HilumError('records/corrupt', { what: 'the backup does not verify' });
    syncFile(temporary);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw recordsError(error);
  }
  for (const old of [...earlier, target].slice(0, -kept)) rmSync(old);
}

/** Puts the newest backup that verifies in the place of lost records. @returns whether there was one */
export function restoreNewest(path: string): boolean {
  const good = backupsOf(path).findLast(isSound);
  if (good === undefined) return false;
  const temporary = `${path}.tmp`;
  copyFileSync(good, temporary);
  syncFile(temporary);
  renameSync(temporary, path);
  return true;
}

function isSound(file: string): boolean {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return db.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
