import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError, requireWritable, writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { dvcProjectFiles } from './dvc-project.ts';
import { workspaceNames } from './names.ts';
import { type NewWorkspace, workspaceFiles } from './templates.ts';

/** A folder that is under git or DVC already keeps its own. */
const mayBeThere: readonly string[] = ['.gitignore', '.dvcignore'];

/**
 * Writes the commented files of a new workspace into a folder that may exist already (with images in it, for example).
 * When a file cannot be written, everything made so far is taken away again.
 * @returns names of the files written
 * @throws HilumError `config/exists`, `config/not-writable`, `disk/full`
 */
export async function initWorkspace(folder: string, options: NewWorkspace): Promise<string[]> {
  const files = new Map([...workspaceFiles(options), ...dvcProjectFiles(folder)]);
  for (const name of [...workspaceFiles(options).keys(), workspaceNames.state]) {
    if (!mayBeThere.includes(name) && (await isThere(join(folder, name)))) {
      throw new HilumError('config/exists', { path: folder });
    }
  }
  await requireWritable(folder);
  const made: string[] = [];
  try {
    for (const [name, text] of new Map([[`${workspaceNames.state}/`, ''], ...files])) {
      const path = join(folder, name);
      const firstMade = await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
      if (firstMade !== undefined) made.push(firstMade);
      if (await isThere(path)) continue;
      await writeFileAtomic(path, text);
      made.push(path);
    }
  } catch (error) {
    for (const path of made.reverse()) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    throw diskError(error, dirname(join(folder, workspaceNames.config)));
  }
  return [...files.keys()];
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
