import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError, renameWithRetry, syncFolder } from './atomic.ts';

/** Adds text to a file that is being written. */
export type WriteText = (text: string) => Promise<void>;

const pieceLength = 256 * 1024;

/**
 * `writeFileAtomic` for a text too long for memory: `fill` writes it piece by piece, and only when it has returned does the
 * file take its name. Leftovers of killed writers of the same file are removed.
 * @returns what `fill` returns
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`; what `fill` throws
 */
export async function writeStreamAtomic<T>(path: string, fill: (write: WriteText) => Promise<T>): Promise<T> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(path);
    const result = await fillFile(temporary, fill);
    await renameWithRetry(temporary, path);
    await syncFolder(folder);
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}

/** Whether `name` is what a killed writer of `target` left beside it. */
export function isLeftoverOf(target: string, name: string): boolean {
  return name.startsWith(`.${target}.`) && /^[0-9a-f-]{36}\.tmp$/.test(name.slice(target.length + 2));
}

async function fillFile<T>(path: string, fill: (write: WriteText) => Promise<T>): Promise<T> {
  const handle = await open(path, 'wx');
  try {
    let held = '';
    const result = await fill(async (text) => {
      held += text;
      if (held.length < pieceLength) return;
      const piece = held;
      held = '';
      await handle.appendFile(piece);
    });
    await handle.appendFile(held);
    await handle.sync();
    return result;
  } finally {
    await handle.close();
  }
}

async function removeLeftovers(path: string): Promise<void> {
  const target = basename(path);
  for (const name of await readdir(dirname(path))) {
    if (isLeftoverOf(target, name)) await rm(join(dirname(path), name), { force: true });
  }
}
