import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { dvcIgnore } from './templates.ts';

/** The folder whose `.dvc` counts for a workspace: upward from it, as DVC looks. */
export function dvcRootOf(root: string): string | undefined {
  return upward(root, (folder) => statSync(join(folder, '.dvc'), { throwIfNoEntry: false })?.isDirectory() === true);
}

/** Whether a folder lies in a git repository. */
export function isInGit(root: string): boolean {
  return upward(root, (folder) => existsSync(join(folder, '.git'))) !== undefined;
}

/**
 * What makes a workspace a DVC project, as `dvc init` does: file name → text. Nothing for one that lies in a project
 * already.
 */
export function dvcProjectFiles(root: string): ReadonlyMap<string, string> {
  if (dvcRootOf(root) !== undefined) return new Map();
  return new Map([
    ['.dvc/config', isInGit(root) ? '' : '[core]\n    no_scm = True\n'],
    ['.dvc/.gitignore', '/config.local\n/tmp\n/cache\n'],
  ]);
}

/** Makes a workspace of earlier days a DVC project. @throws HilumError `disk/…` */
export async function ensureDvcProject(root: string): Promise<void> {
  for (const [name, text] of dvcProjectFiles(root)) await writeFileAtomic(join(root, name), text);
  const ignored = join(root, '.dvcignore');
  if ((await readFile(ignored).catch(() => undefined)) === undefined) await writeFileAtomic(ignored, dvcIgnore);
}

function upward(from: string, holds: (folder: string) => boolean): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (holds(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
