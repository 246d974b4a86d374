import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { lstat, opendir, realpath } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { oddKind } from '../../pipeline/disk/entries.ts';
import type { ErrorCode } from '../../pipeline/domain/error-table.ts';
import { errnoOf, type Facts, HilumError } from '../../pipeline/domain/errors.ts';
import { isLitter } from '../../pipeline/domain/litter.ts';
import { byCodePoint } from '../../pipeline/domain/names.ts';

/** One entry of a folder tree: a regular file, or something that is counted and never opened. */
export interface ListedEntry {
  /** Name below the folder, `/` between folders. A byte of a name that is no UTF-8 is shown as `\xff`. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly refused?: { readonly code: ErrorCode; readonly facts: Facts };
}

export interface ListOptions {
  /** Which absolute paths are left out, folders with all below them. */
  readonly skip?: (path: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Enough lstat calls at once to keep the thread pool busy, few enough to stay responsive on a slow share. */
const atOnce = 64;

/** A name or path as the file system has it; bytes where it is no UTF-8. */
type Raw = string | Buffer;

interface Child {
  readonly path: Raw;
  readonly file: string;
  readonly name: string;
  /** The errno where lstat failed. */
  readonly stats: Stats | string;
}

/**
 * Everything below a folder (or one file), each entry once, in the order of `byListOrder`. Links are not followed, pipes
 * and sockets never opened; an unreadable folder is one refused entry. In memory: the names of the folders that are open.
 * @throws HilumError `source/missing`, `source/unreadable`, `cancelled/by-user`
 */
export async function* listFiles(location: string, options: ListOptions = {}): AsyncGenerator<ListedEntry, undefined> {
  const root = await realRoot(location);
  const stats = await lstat(root);
  if (stats.isFile()) {
    yield entryOf({ path: root, file: basename(root), name: basename(root), stats });
    return;
  }
  const names = await namesIn(root);
  if (typeof names === 'string') throw new HilumError('source/unreadable', { source: location, errno: names });
  const open = [childrenOf(root, '', names)];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (options.signal?.aborted) throw new HilumError('cancelled/by-user');
    const { value: child, done } = await top.next();
    if (done === true) {
      open.pop();
      continue;
    }
    if (options.skip?.(shown(child.path)) === true) continue;
    if (typeof child.stats === 'string' || !child.stats.isDirectory()) {
      if (!isLitter(child.name)) yield entryOf(child);
      continue;
    }
    const below = await namesIn(child.path);
    if (typeof below === 'string') yield entryOf({ ...child, stats: below });
    else open.push(childrenOf(child.path, `${child.file}/`, below));
  }
}

/** The order of `listFiles`: folder by folder, names by code point, a folder's content in its place. */
export function byListOrder(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let depth = 0; depth < Math.min(left.length, right.length); depth++) {
    const difference = byCodePoint(left[depth] ?? '', right[depth] ?? '');
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

async function realRoot(location: string): Promise<string> {
  try {
    return await realpath(location);
  } catch (error) {
    const errno = errnoOf(error) ?? 'unknown';
    if (errno === 'ENOENT' || errno === 'ENOTDIR') throw new HilumError('source/missing', { source: location });
    throw new HilumError('source/unreadable', { source: location, errno }, { cause: error });
  }
}

async function* childrenOf(folder: Raw, prefix: string, names: readonly Raw[]): AsyncGenerator<Child, undefined> {
  for (let start = 0; start < names.length; start += atOnce) {
    const children = names.slice(start, start + atOnce).map(async (raw): Promise<Child> => {
      const path = below(folder, raw);
      const stats = await lstat(path).catch((error: unknown) => errnoOf(error) ?? 'unknown');
      return { path, file: prefix + shown(raw), name: shown(raw), stats };
    });
    yield* await Promise.all(children);
  }
}

function entryOf({ path, file, stats }: Child): ListedEntry {
  const refusal = (code: ErrorCode, facts: Facts): ListedEntry => {
    return { file, path: shown(path), size: 0, mtimeMs: 0, refused: { code, facts } };
  };
  if (stats === 'ENOENT') return refusal('image/missing', {});
  if (typeof stats === 'string') return refusal('image/unreadable', { errno: stats });
  const what = oddKind(stats);
  if (what !== undefined) return refusal('image/not-a-file', { what });
  if (typeof path !== 'string') return refusal('image/bad-name', { what: 'it is not valid UTF-8' });
  return { file, path, size: stats.size, mtimeMs: stats.mtimeMs };
}

/** Names in a folder, sorted; the errno when it cannot be read. Read one character a byte, so that any name survives. */
async function namesIn(path: Raw): Promise<Raw[] | string> {
  try {
    const names: Raw[] = [];
    for await (const { name } of await opendir(path, { encoding: 'latin1', bufferSize: 512 })) names.push(rawOf(name));
    return names.sort((a, b) => byCodePoint(shown(a), shown(b)));
  } catch (error) {
    return errnoOf(error) ?? 'unknown';
  }
}

function rawOf(latin1: string): Raw {
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
}

function below(folder: Raw, name: Raw): Raw {
  if (typeof folder === 'string' && typeof name === 'string') {
    return folder.endsWith(sep) ? folder + name : folder + sep + name;
  }
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(name)]);
}

/** Two names must never look the same: the tables tell files apart by them. */
function shown(raw: Raw): string {
  if (typeof raw === 'string') return raw;
  return raw.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
