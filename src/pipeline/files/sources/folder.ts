import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { oddKind } from '../../disk/entries.ts';
import { HilumError } from '../../domain/errors.ts';
import { isLitter } from '../../domain/litter.ts';
import { stopIfCancelled } from '../cancel.ts';
import { errnoName, failure, lstatAll } from '../disk-entries.ts';
import type { SourceEntry, SourceKind } from './source.ts';

/** A folder and everything below it. Symbolic links are not followed, so that no file is met twice or from outside. */
export const folder: SourceKind = {
  recognises: async (location) => (await stat(location)).isDirectory(),
  open: async (location, options) => {
    if (options.sha256 !== undefined) {
      throw new HilumError('usage/bad-option', { what: 'sha256 is for a zip or an address; the source is a folder' });
    }
    const root = await realpath(location);
    return { kind: 'folder', files: () => walk(root, location, options.signal) };
  },
};

/** A folder being walked. The path is a string while all names on it are UTF-8, and bytes below one that is not. */
interface Frame {
  readonly path: string | Buffer;
  /** Path below the source, with a trailing `/`; empty at the root. */
  readonly prefix: string;
  readonly children: AsyncIterator<Child>;
}

interface Child {
  readonly path: string | Buffer;
  readonly file: string;
  readonly stats: Stats | string;
}

async function* walk(
  root: string,
  location: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<SourceEntry, void, undefined> {
  const names = await namesIn(root);
  if (typeof names === 'string') throw new HilumError('source/unreadable', { source: location, errno: names });
  const stack: Frame[] = [frame(root, '', names)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    stopIfCancelled(signal);
    const step = await top.children.next();
    if (step.done === true) {
      stack.pop();
      continue;
    }
    const { path, file, stats } = step.value;
    if (typeof stats !== 'string' && stats.isDirectory()) {
      const below = await namesIn(path);
      if (typeof below === 'string') yield failure(file, below);
      else stack.push(frame(path, `${file}/`, below));
      continue;
    }
    const entry = entryOf(step.value);
    if (entry !== undefined) yield entry;
  }
}

function entryOf({ path, file, stats }: Child): SourceEntry | undefined {
  if (typeof stats === 'string') return failure(file, stats);
  const odd = oddKind(stats);
  if (odd !== undefined) return { file, refused: 'image/not-a-file', facts: { what: odd } };
  if (isLitter(file)) return undefined;
  if (typeof path !== 'string') return { file, refused: 'image/bad-name', facts: { what: 'it is not valid UTF-8' } };
  return { file, path, size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino };
}

function frame(path: string | Buffer, prefix: string, names: readonly string[]): Frame {
  return { path, prefix, children: children(path, prefix, names) };
}

async function* children(
  folderPath: string | Buffer,
  prefix: string,
  names: readonly string[],
): AsyncGenerator<Child, void, undefined> {
  const chunk = 1024;
  for (let start = 0; start < names.length; start += chunk) {
    const bytes = names.slice(start, start + chunk).map((name) => Buffer.from(name, 'latin1'));
    const paths = bytes.map((name) => below(folderPath, name));
    for await (const { index, stats } of lstatAll(paths)) {
      const [path, name] = [paths[index], bytes[index]];
      if (path !== undefined && name !== undefined) yield { path, file: prefix + name.toString('utf8'), stats };
    }
  }
}

function below(folderPath: string | Buffer, name: Buffer): string | Buffer {
  if (typeof folderPath === 'string' && isUtf8(name)) {
    return `${folderPath}${folderPath.endsWith('/') ? '' : '/'}${name.toString('utf8')}`;
  }
  const parent = typeof folderPath === 'string' ? Buffer.from(folderPath) : folderPath;
  return Buffer.concat([parent, Buffer.from('/'), name]);
}

/**
 * Names in a folder, one character a byte: read so, any name survives, a large folder stays small in memory, and the
 * order of the bytes is the order of the code points (a property of UTF-8). The errno when the folder cannot be read.
 */
async function namesIn(path: string | Buffer): Promise<string[] | string> {
  try {
    const names: string[] = [];
    for await (const entry of await opendir(path, { encoding: 'latin1', bufferSize: 512 })) names.push(entry.name);
    return names.sort();
  } catch (error) {
    return errnoName(error);
  }
}
