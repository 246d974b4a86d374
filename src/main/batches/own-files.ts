import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isLeftoverOf } from '../../pipeline/disk/atomic-stream.ts';
import { workspaceNames } from '../workspace/names.ts';

/** Results and records may lie below the folder that is classified; they are none of its images. */
export async function ownFiles(files: readonly string[], state: string): Promise<(path: string) => boolean> {
  const places = await Promise.all(
    files.map(async (path) => ({ folder: await realOr(dirname(path)), name: basename(path) })),
  );
  const stateFolder = await realOr(state);
  return (path) => {
    const name = basename(path);
    if (name === workspaceNames.state || path === stateFolder) return true;
    const isResult = (place: { folder: string; name: string }): boolean =>
      dirname(path) === place.folder && (name === place.name || isLeftoverOf(place.name, name));
    return places.some(isResult);
  };
}

/** Path without links as far as it exists. */
async function realOr(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOr(parent), basename(path));
  }
}
