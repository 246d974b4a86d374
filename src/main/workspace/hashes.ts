import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';
import { byCodePoint } from '../../pipeline/domain/names.ts';

/** Content of a file or folder as DVC notes it in dvc.lock. */
export interface ContentHash {
  /** 32 hexadecimal digits; `.dir` behind them for a folder. */
  readonly md5: string;
  readonly size: number;
  /** Files of a folder. */
  readonly files?: number | undefined;
  /** A file that may be run as a program. */
  readonly isexec?: true | undefined;
}

/** One file of a folder's list. */
export interface FolderEntry {
  readonly md5: string;
  /** Below the folder, `/` between names. */
  readonly relpath: string;
}

export interface Hasher {
  /** Hash of what is at an absolute path now; undefined when nothing is. */
  hash(path: string): Promise<ContentHash | undefined>;
  /** Keeps what was learned for the next time. Never fails: the cache only saves time. */
  save(): Promise<void>;
}

const cacheSchema = z.object({
  version: z.literal(1),
  files: z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.string()])),
});
type Known = z.infer<typeof cacheSchema>['files'];

/** A file changed twice within the clock's step looks unchanged: one that is so young is hashed again next time. */
const youngMs = 2000;
const streamAboveBytes = 8 * 2 ** 20;
const readersAtOnce = 8;
const swapsOutlived = 5;

/**
 * MD5 hashes in DVC's own way (a folder: the JSON list of its files, sorted by code point), with a cache by size, time
 * and inode.
 * @param cachePath file of the cache; a missing or damaged one is an empty cache
 */
export async function openHasher(cachePath: string): Promise<Hasher> {
  const before = await load(cachePath);
  const seen: Known = {};
  const folders: string[] = [];
  let changed = false;
  const md5Of = async (path: string, stat: Stats): Promise<string> => {
    const known = before[path];
    if (known !== undefined && known[0] === stat.size && known[1] === stat.mtimeMs && known[2] === stat.ino) {
      seen[path] = known;
      return known[3];
    }
    changed = true;
    const md5 = await md5File(path, stat.size);
    if (Date.now() - stat.mtimeMs > youngMs) seen[path] = [stat.size, stat.mtimeMs, stat.ino, md5];
    return md5;
  };
  return {
    async hash(path) {
      for (let attempt = 1; ; attempt++) {
        try {
          const stat = statSync(path, { throwIfNoEntry: false });
          if (stat === undefined) return undefined;
          if (!stat.isDirectory()) return { md5: await md5Of(path, stat), size: stat.size, ...executable(stat) };
          folders.push(`${path}/`);
          return await hashFolder(path, md5Of);
        } catch (error) {
          // A stage has just swapped a new output in: what it is now counts.
          if (errnoOf(error) !== 'ENOENT' || attempt === swapsOutlived) throw error;
        }
      }
    },
    async save() {
      if (!changed) return;
      // What was not met in a folder that was gone through is not there any more.
      const elsewhere = Object.entries(before).filter(([path]) => !folders.some((folder) => path.startsWith(folder)));
      const body = JSON.stringify({ version: 1, files: { ...Object.fromEntries(elsewhere), ...seen } });
      await writeFileAtomic(cachePath, body).catch(() => undefined);
    },
  };
}

async function hashFolder(root: string, md5Of: (path: string, stat: Stats) => Promise<string>): Promise<ContentHash> {
  const files = await filesBelow(root);
  const hashes: string[] = new Array(files.length);
  let size = 0;
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      const path = join(root, files[index] ?? '');
      const stat = statSync(path);
      size += stat.size;
      hashes[index] = await md5Of(path, stat);
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  const entries = files.map((relpath, index) => ({ md5: hashes[index] ?? '', relpath }));
  return { md5: `${md5(folderObject(entries))}.dir`, size, files: files.length };
}

/** The bytes that stand for a folder in DVC's cache; entries sorted by code point. */
export function folderObject(entries: readonly FolderEntry[]): string {
  return `[${entries.map(({ md5, relpath }) => `{"md5": "${md5}", "relpath": ${pythonString(relpath)}}`).join(', ')}]`;
}

/** DVC notes it of a file of a stage; Windows knows no such thing. */
export function executable(stat: Stats): { readonly isexec?: true } {
  return process.platform !== 'win32' && (stat.mode & 0o111) !== 0 ? { isexec: true } : {};
}

/** Files below a folder, `/` between names, sorted by code point. A link to a file counts as that file, as in DVC. */
export async function filesBelow(root: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() || isLinkToFile(join(root, path))) files.push(path);
    }
    await nextTurn();
  }
  return files.sort(byCodePoint);
}

function isLinkToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** MD5 of a file of so many bytes; a large one is read in pieces. */
export async function md5File(path: string, size: number): Promise<string> {
  if (size <= streamAboveBytes) return md5(await readFile(path));
  const hash = createHash('md5');
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece);
  return hash.digest('hex');
}

export function md5(bytes: Uint8Array | string): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** Python's `json.dumps` of a string: everything outside 0x20–0x7E escaped, by UTF-16 unit. */
function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function load(path: string): Promise<Known> {
  try {
    const parsed = cacheSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data.files : {};
  } catch (error) {
    if (errnoOf(error) !== undefined || error instanceof SyntaxError) return {};
    throw error;
  }
}
