import { lstat, readdir, realpath, statfs } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { errnoOf, HilumError } from '../../domain/errors.ts';
import { sealedFiles, sealFile } from '../../domain/sealed-model.ts';
import { signatureFile } from '../../domain/signature.ts';
import { exportMark } from './network-export.ts';

/**
 * Whether an export may be written at this place.
 * @param replace an earlier export may be replaced: nothing else ever is
 * @throws HilumError `export/exists`, `export/not-ours`, `export/inside-model`
 */
export async function requireFreePlace(out: string, model: string, replace: boolean): Promise<void> {
  const [from, to] = [await realpath(model), await realPlace(out)];
  if (isWithin(from, to) || isWithin(to, from)) throw new HilumError('export/inside-model');
  const names = await namesIn(out);
  if (names === undefined) return;
  if (!replace && names.length > 0) throw new HilumError('export/exists', { path: basename(out) });
  if (!isExport(names)) throw new HilumError('export/not-ours', { path: basename(out) });
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Names in what is there; undefined when nothing is. @throws HilumError `export/not-ours` for a file or a link */
async function namesIn(out: string): Promise<readonly string[] | undefined> {
  try {
    if ((await lstat(out)).isDirectory()) return await readdir(out);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  throw new HilumError('export/not-ours', { path: basename(out) });
}

const sealedNames = new Set<string>([...sealedFiles, sealFile, signatureFile]);

function isExport(names: readonly string[]): boolean {
  return names.includes(exportMark) || names.every((name) => sealedNames.has(name));
}

/** The real path of something that need not be there yet. */
async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const known = await realpath(whole).catch(() => undefined);
  if (known !== undefined || dirname(whole) === whole) return known ?? whole;
  return resolve(await realPlace(dirname(whole)), basename(whole));
}

/** @throws HilumError `disk/full` when the disk of that place has less than `bytes` free */
export async function requireRoom(out: string, bytes: number): Promise<void> {
  let folder = resolve(out);
  for (;;) {
    const disk = await statfs(folder).catch(() => undefined);
    if (disk !== undefined && disk.bavail * disk.bsize < bytes) throw new HilumError('disk/full');
    if (disk !== undefined || dirname(folder) === folder) return;
    folder = dirname(folder);
  }
}
