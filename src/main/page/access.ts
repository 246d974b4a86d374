import { realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import type { Access } from '../ipc/core.ts';
import { isWithin } from '../workspace/within.ts';

/**
 * What pages of the browser server may name: the roots, and what is granted later.
 * @param roots folders that the operator allowed, absolute
 * @param granted places that may be named without being listed (uploads); they need not be there yet
 * @throws HilumError `usage/bad-option` when a root is no folder
 */
export async function openAccess(roots: readonly string[], granted: readonly string[] = []): Promise<Access> {
  const realRoots = await Promise.all(roots.map(realFolder));
  const places = new Set([...realRoots, ...granted.map(placeNow)]);
  return {
    roots: realRoots,
    grant: (path) => void places.add(placeNow(path)),
    async require(path) {
      if (!isAbsolute(path) || path.includes('\0') || leavesMachine(path, places)) throw outside();
      const { real, errno } = await realOf(resolve(path));
      // Decided before anything is said of whether it exists.
      if (![...places].some((place) => isWithin(place, real))) throw outside();
      if (errno === undefined) return real;
      const source = basename(path);
      if (errno === 'ENOENT' || errno === 'ENOTDIR') throw new HilumError('source/missing', { source });
      throw new HilumError('source/unreadable', { source, errno });
    },
  };
}

async function realFolder(path: string): Promise<string> {
  const state = await stat(path).catch(() => undefined);
  if (!state?.isDirectory()) throw new HilumError('usage/bad-option', { what: `--root: ${path} is no folder` });
  return realpath(path);
}

/** The path without links, as far as it exists; `errno`: why it could not be resolved as a whole. */
async function realOf(path: string): Promise<{ real: string; errno?: string }> {
  try {
    return { real: await realpath(path) };
  } catch (error) {
    const parent = dirname(path);
    const errno = errnoOf(error) ?? 'unknown';
    return { real: parent === path ? path : join((await realOf(parent)).real, basename(path)), errno };
  }
}

/** The same at once, when a place is granted: a link that leads elsewhere later opens nothing. */
function placeNow(path: string): string {
  const at = resolve(path);
  try {
    return realpathSync.native(at);
  } catch {
    const parent = dirname(at);
    return parent === at ? at : join(placeNow(parent), basename(at));
  }
}

/** On Windows the mere look at `\\host\share` sends the user's password hash there. */
function leavesMachine(path: string, places: Iterable<string>): boolean {
  return /^[\\/]{2}/.test(path) && ![...places].some((place) => isWithin(place, resolve(path)));
}

function outside(): HilumError {
  return new HilumError('access/outside');
}
