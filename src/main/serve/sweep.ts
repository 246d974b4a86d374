import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Names that `newFolderName` makes; nothing else is ever removed. */
const ownName = /^[0-9a-f]{32}$/;

export function isFolderName(name: string): boolean {
  return ownName.test(name);
}

/** Removes folders that a former session left, older than `ageMs`. What cannot be removed now is tried at the next start. */
export async function sweepOld(folder: string, ageMs: number, nowMs: number): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  for (const name of names.filter(isFolderName)) {
    const path = join(folder, name);
    const state = await stat(path).catch(() => undefined);
    if (state !== undefined && nowMs - state.mtimeMs > ageMs) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
