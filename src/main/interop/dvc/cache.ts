import { randomUUID } from 'node:crypto';
import { constants, statSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { diskError, renameWithRetry, syncFolder, writeFolderAtomic } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import {
  type ContentHash,
  executable,
  type FolderEntry,
  filesBelow,
  folderObject,
  type Hasher,
  md5,
  md5File,
} from '../../workspace/hashes.ts';
import { readDvcConfig } from './config.ts';
import { copyVerified, isSound, place, readObject, writeNew } from './object-files.ts';

/** DVC's content-addressed cache (`files/md5`). An oid is an MD5 in hexadecimal digits, `.dir` behind it for a folder. */
export interface DvcCache {
  /** Absolute; `cache.dir` of DVC's configuration. */
  readonly folder: string;
  has(oid: string): Promise<boolean>;
  /** Where an object lies, or would lie. */
  pathOf(oid: string): string;
  /**
   * Puts a file or folder in, as copies that nobody writes to. An object that is there already is read again and replaced
   * when its content is not that of its name.
   * @param hasher spares reading what it knows and the cache has
   * @throws HilumError `disk/…`; ENOENT when nothing is at the path
   */
  put(path: string, hasher?: Hasher): Promise<ContentHash>;
  /** Puts the list of a folder in. @returns its oid */
  putFolder(entries: readonly FolderEntry[]): Promise<string>;
  /** Files of a folder. @throws HilumError `dvc/object-missing`, `dvc/object-corrupt` */
  entriesOf(dirOid: string): Promise<FolderEntry[]>;
  /** Whether everything that an oid stands for is there, unread. */
  isWhole(oid: string): Promise<boolean>;
  /**
   * Writes an object's content aside, checks it against its MD5 and swaps it in; `target` stays as it was on failure.
   * @throws HilumError `dvc/object-missing`, `dvc/object-corrupt`, `disk/…`
   */
  restore(oid: string, target: string, options: { readonly verify: true }): Promise<void>;
}

/** The cache that real DVC would use for this workspace. Nothing is made before the first `put`. */
export async function openDvcCache(root: string): Promise<DvcCache> {
  return dvcCacheAt((await readDvcConfig(root)).cacheDir);
}

/** A cache, or a remote on a disk, which has the same layout. */
export function dvcCacheAt(folder: string): DvcCache {
  const pathOf = (oid: string): string => join(folder, 'files', 'md5', checkedOid(oid).slice(0, 2), oid.slice(2));
  const has = async (oid: string): Promise<boolean> => isFile(pathOf(oid));

  const entriesOf = async (oid: string): Promise<FolderEntry[]> => {
    const text = await readObject(pathOf(oid), oid);
    if (`${md5(text)}.dir` !== oid) throw new HilumError('dvc/object-corrupt', { oid });
    return parseEntries(text.toString('utf8'), oid);
  };
  const putFolder = async (entries: readonly FolderEntry[]): Promise<string> => {
    const bytes = Buffer.from(folderObject(entries));
    const oid = `${md5(bytes)}.dir`;
    if (!(await isSound(pathOf(oid), oid)))
      await place(
        folder,
        () => oid,
        pathOf,
        (aside) => writeNew(aside, bytes),
      );
    return oid;
  };
  const putFile = (path: string, hasher: Hasher | undefined): Promise<ContentHash> =>
    putFileInto(folder, pathOf, path, hasher);

  return {
    folder,
    has,
    pathOf,
    putFolder,
    entriesOf,
    async put(path, hasher) {
      if (!statSync(path).isDirectory()) return putFile(path, hasher);
      const entries: FolderEntry[] = [];
      let size = 0;
      for (const relpath of await filesBelow(path)) {
        const content = await putFile(join(path, relpath), hasher);
        entries.push({ md5: content.md5, relpath });
        size += content.size;
      }
      return { md5: await putFolder(entries), size, files: entries.length };
    },
    async isWhole(oid) {
      if (!(await has(oid))) return false;
      if (!oid.endsWith('.dir')) return true;
      return (await entriesOf(oid)).every((entry) => isFile(pathOf(entry.md5)));
    },
    async restore(oid, target) {
      if (!oid.endsWith('.dir')) return restoreFile(pathOf(oid), oid, target);
      const entries = await entriesOf(oid);
      await writeFolderAtomic(target, async (aside) => {
        for (const entry of entries) {
          const path = join(aside, ...entry.relpath.split('/'));
          await mkdir(dirname(path), { recursive: true });
          await copyVerified(pathOf(entry.md5), entry.md5, path);
        }
      });
    },
  };
}

async function putFileInto(
  folder: string,
  pathOf: (oid: string) => string,
  path: string,
  hasher: Hasher | undefined,
): Promise<ContentHash> {
  const stat = statSync(path);
  const known = (await hasher?.hash(path))?.md5 ?? (await md5File(path, stat.size));
  if (await isSound(pathOf(known), known)) return { md5: known, size: stat.size, ...executable(stat) };
  let content: ContentHash | undefined;
  await place(
    folder,
    () => content?.md5 ?? known,
    pathOf,
    async (aside) => {
      await copyFile(path, aside, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      // The name is that of the copy: the file may have changed since it was hashed.
      const { size } = statSync(aside);
      content = { md5: await md5File(aside, size), size, ...executable(stat) };
    },
  );
  return content ?? { md5: known, size: stat.size, ...executable(stat) };
}

const entriesSchema = z.array(z.object({ md5: z.string().regex(/^[0-9a-f]{32}$/), relpath: z.string().min(1) }));

/** A list from elsewhere may name no file outside the folder. @throws HilumError `dvc/object-corrupt` */
export function parseEntries(text: string, oid: string): FolderEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HilumError('dvc/object-corrupt', { oid });
  }
  const parsed = entriesSchema.safeParse(value);
  if (!parsed.success || parsed.data.some(({ relpath }) => leavesFolder(relpath))) {
    throw new HilumError('dvc/object-corrupt', { oid });
  }
  return parsed.data;
}

function leavesFolder(relpath: string): boolean {
  if (relpath.includes('\0') || relpath.startsWith('/')) return true;
  if (process.platform === 'win32' && /[\\:]/.test(relpath)) return true;
  return relpath.split('/').some((name) => name === '' || name === '.' || name === '..');
}

function checkedOid(oid: string): string {
  if (!/^[0-9a-f]{32}(\.dir)?$/.test(oid)) throw new HilumError('dvc/object-corrupt', { oid: oid.slice(0, 40) });
  return oid;
}

async function restoreFile(from: string, oid: string, target: string): Promise<void> {
  const aside = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(target), { recursive: true });
    await copyVerified(from, oid, aside);
    // A folder in the place of a file cannot be renamed over.
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) await rm(target, { recursive: true });
    await renameWithRetry(aside, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw diskError(error, target);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
