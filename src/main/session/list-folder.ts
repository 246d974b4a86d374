import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { isLitter } from '../../pipeline/domain/litter.ts';
import { byCodePoint } from '../../pipeline/domain/names.ts';
import type { Output } from '../ipc/contract.ts';
import type { Access } from '../ipc/core.ts';
import { isWorkspace } from '../workspace/open.ts';
import { isWithin } from '../workspace/within.ts';
import { looksReadable } from './readable-names.ts';

type Listing = Output<'folders/list'>;
type Entry = Listing['entries'][number];

/** Entries that a page is sent. */
const mostEntries = 2000;
/** Names read of one folder: enough to sort those sent among their neighbours, few enough for a folder of a million. */
const mostNames = 50_000;

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The folders that the operator allowed. */
export async function listRoots(access: Access): Promise<Listing> {
  const entries = await Promise.all(
    access.roots.map(async (path): Promise<Entry> => {
      return { name: basename(path) || path, path, kind: (await isWorkspace(path)) ? 'workspace' : 'folder' };
    }),
  );
  return { path: null, parent: null, entries, cut: false };
}

/**
 * What a folder below the roots holds: folders first, then files that look like images or archives, hidden ones left
 * out, in natural order. Links count only where they lead to something below the roots.
 * @throws HilumError `access/outside`, `source/missing`, `source/unreadable`
 */
export async function listFolder(access: Access, path: string): Promise<Listing> {
  const folder = await access.require(path);
  // Uploads may be named without being listed: one page's files are no other page's business.
  if (!isBelowRoots(access, folder)) throw new HilumError('access/outside');
  const { names, isWhole } = await namesIn(folder);
  const found = await Promise.all(names.map((each) => entryOf(access, folder, each)));
  const entries = found.filter((entry) => entry !== undefined).sort(byKindThenName);
  const shown = await Promise.all(entries.slice(0, mostEntries).map(withWorkspaceMark));
  const above = dirname(folder);
  const parent = above !== folder && isBelowRoots(access, above) ? above : null;
  return { path: folder, parent, entries: shown, cut: !isWhole || entries.length > mostEntries };
}

async function namesIn(folder: string): Promise<{ names: Dirent[]; isWhole: boolean }> {
  const names: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (names.length === mostNames) return { names, isWhole: false };
      if (isShown(entry)) names.push(entry);
    }
    return { names, isWhole: true };
  } catch (error) {
    const errno = errnoOf(error) ?? 'unknown';
    throw new HilumError('source/unreadable', { source: basename(folder), errno }, { cause: error });
  }
}

function isShown({ name }: Dirent): boolean {
  // A name that is no UTF-8 comes with replacement characters and could not be asked for again.
  return !name.startsWith('.') && !name.includes('\ufffd') && !isLitter(name);
}

async function entryOf(access: Access, folder: string, entry: Dirent): Promise<Entry | undefined> {
  const path = join(folder, entry.name);
  const kind = entry.isSymbolicLink() ? await kindBehindLink(access, path) : kindOf(entry);
  if (kind === undefined || (kind === 'file' && !looksReadable(entry.name))) return undefined;
  return { name: entry.name, path, kind };
}

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean }): 'folder' | 'file' | undefined {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : undefined;
}

async function kindBehindLink(access: Access, path: string): Promise<'folder' | 'file' | undefined> {
  try {
    const real = await realpath(path);
    return isBelowRoots(access, real) ? kindOf(await stat(real)) : undefined;
  } catch {
    // It leads nowhere, or to where nobody may look.
    return undefined;
  }
}

async function withWorkspaceMark(entry: Entry): Promise<Entry> {
  return entry.kind === 'folder' && (await isWorkspace(entry.path)) ? { ...entry, kind: 'workspace' } : entry;
}

function isBelowRoots(access: Access, real: string): boolean {
  return access.roots.some((root) => isWithin(root, real));
}

function byKindThenName(a: Entry, b: Entry): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return natural.compare(a.name, b.name) || byCodePoint(a.name, b.name);
}
