import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, HilumError } from '../domain/errors.ts';

/**
 * Writes a file so that after a crash or power cut either the old or the new bytes are there, whole:
 * temporary name in the same folder → fsync → rename → fsync of the folder.
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameWithRetry(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}

/**
 * Fills a new folder aside and swaps it in when `fill` has succeeded; on failure the old folder stays whole.
 * @returns what `fill` returns
 */
export async function writeFolderAtomic<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const parent = dirname(path);
  const aside = join(parent, `.${basename(path)}.${randomUUID()}.tmp`);
  const old = join(parent, `.${basename(path)}.${randomUUID()}.old`);
  try {
    await mkdir(aside, { recursive: true });
    const result = await fill(aside);
    await syncFolder(aside);
    const replaced = await renameIfThere(path, old);
    await renameWithRetry(aside, path);
    await syncFolder(parent);
    if (replaced) await rm(old, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}

/**
 * Copies a file and waits until its bytes are on the disk; where the file system can, both share them. The copy may be
 * written even when the original, from a read-only medium, may not. For use inside `writeFolderAtomic`.
 */
export async function copyFileToDisk(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(to, 0o644);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a killed writer left in a folder: temporary files, and old folders whose swap was finished. */
export async function sweepTemporary(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => /^\..+\.[0-9a-f-]{36}\.(tmp|old)$/.test(name));
  for (const name of leftovers) {
    const target = name.slice(1).replace(/\.[0-9a-f-]{36}\.(tmp|old)$/, '');
    const swapWasCut = name.endsWith('.old') && !names.includes(target);
    if (swapWasCut) await rename(join(folder, name), join(folder, target));
    else await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** @throws HilumError `config/not-writable` when files cannot be made in the folder (or its nearest existing parent). */
export async function requireWritable(folder: string): Promise<void> {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    try {
      await access(candidate, constants.W_OK | constants.X_OK);
      return;
    } catch (error) {
      const errno = errnoOf(error) ?? 'unknown';
      const atRoot = dirname(candidate) === candidate;
      if (errno !== 'ENOENT' || atRoot)
        throw new HilumError('config/not-writable', { path: folder, errno }, { cause: error });
    }
  }
}

/** File-system failures as codes; a HilumError passes unchanged. */
export function diskError(error: unknown, path: string): unknown {
  const errno = errnoOf(error);
  if (error instanceof HilumError || errno === undefined) return error;
  if (errno === 'ENOSPC' || errno === 'EDQUOT') return new HilumError('disk/full', {}, { cause: error });
  if (errno === 'EACCES' || errno === 'EROFS' || errno === 'EPERM' || errno === 'ENOTDIR') {
    return new HilumError('config/not-writable', { path, errno }, { cause: error });
  }
  return new HilumError('disk/failed', { errno }, { cause: error });
}

/** Makes renames in a folder last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for fsync; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const renameAttempts = 6;

/** Antivirus and indexers hold files for moments on Windows: EPERM, EBUSY and EACCES are tried again with a growing pause. */
export async function renameWithRetry(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const passing = ['EPERM', 'EBUSY', 'EACCES'].includes(errnoOf(error) ?? '');
      if (!passing || attempt === renameAttempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
    }
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await renameWithRetry(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
