import { randomUUID } from 'node:crypto';
import { constants, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError, renameWithRetry, syncFolder } from '../../../pipeline/disk/atomic.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { md5File } from '../../workspace/hashes.ts';

/** Copies an object and reads the copy. @throws HilumError `dvc/object-missing`, `dvc/object-corrupt` */
export async function copyVerified(from: string, oid: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new HilumError('dvc/object-missing', { oid });
    throw error;
  }
  await chmod(to, 0o644);
  if ((await md5File(to, statSync(to).size)) !== oid) throw new HilumError('dvc/object-corrupt', { oid });
  await syncFile(to);
}

/** @throws HilumError `dvc/object-missing` */
export async function readObject(path: string, oid: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new HilumError('dvc/object-missing', { oid });
    throw error;
  }
}

/** Whether an object is there with the content of its name. */
export async function isSound(path: string, oid: string): Promise<boolean> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return false;
  return (await md5File(path, stat.size)) === oid.replace(/\.dir$/, '');
}

/** Fills a file aside and gives it its name. */
export async function place(
  folder: string,
  oid: () => string,
  pathOf: (oid: string) => string,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  const aside = join(folder, 'tmp', `${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(aside), { recursive: true });
    await fill(aside);
    await giveName(aside, pathOf(oid()));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw diskError(error, folder);
  }
}

/** Gives a finished file its name as an object: on the disk and read-only before anybody can see it. */
export async function giveName(aside: string, path: string): Promise<void> {
  await syncFile(aside);
  await chmod(aside, 0o444);
  await mkdir(dirname(path), { recursive: true });
  await renameWithRetry(aside, path);
  await syncFolder(dirname(path));
}

export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
}

/** A copy of a read-only file stays read-only until it is made writable: Windows opens none such for fsync. */
async function syncFile(path: string): Promise<void> {
  await chmod(path, 0o644);
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
