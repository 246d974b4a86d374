import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../../pipeline/domain/errors.ts';
import type { Records } from '../records/index.ts';
import { workspaceNames } from '../workspace/names.ts';

/** File of the records of a workspace. */
export const recordsOf = (root: string): string => join(root, workspaceNames.state, 'hilum.db');

/**
 * Lends the records of a workspace beside whoever writes in it, also where nothing can be written: SQLite would want to
 * put files beside a database that it only reads, so a copy is read then.
 * @throws HilumError `records/…`
 */
export async function withRecordsOf<T>(root: string, work: (records: Records) => T | Promise<T>): Promise<T> {
  try {
    return await lend(recordsOf(root), work);
  } catch (error) {
    if (!hasCode(error, 'config/not-writable')) throw error;
    return withCopy(recordsOf(root), (copy) => lend(copy, work));
  }
}

async function lend<T>(path: string, work: (records: Records) => T | Promise<T>): Promise<T> {
  // Loaded here, so that a command that names a folder does not pay for it.
  const { openRecords } = await import('../records/index.ts');
  const records = openRecords(path);
  try {
    return await work(records);
  } finally {
    records.close();
  }
}

async function withCopy<T>(path: string, work: (copy: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hilum-records-'));
  try {
    const copy = join(folder, 'hilum.db');
    for (const ending of ['', '-wal']) {
      if (existsSync(path + ending)) await copyFile(path + ending, copy + ending);
    }
    return await work(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
