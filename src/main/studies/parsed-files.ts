import { stat } from 'node:fs/promises';

interface Held<T> {
  /** Time, size and inode. */
  readonly state: string;
  readonly value: Promise<T>;
}

/**
 * Remembers what was made of a file until its time, size or inode changes; the same object is given each time. Every
 * writer here swaps a new file in, so a change is never missed.
 * @param most files that are remembered
 */
export function parsedFiles<T>(read: (path: string) => Promise<T>, most: number): (path: string) => Promise<T> {
  const held = new Map<string, Held<T>>();
  return async (path) => {
    const state = await stateOf(path);
    const known = held.get(path);
    if (known?.state === state) return known.value;
    const entry = { state, value: read(path) };
    held.delete(path);
    held.set(path, entry);
    for (const oldest of [...held.keys()].slice(0, -most)) held.delete(oldest);
    entry.value.catch(() => {
      if (held.get(path) === entry) held.delete(path);
    });
    return entry.value;
  };
}

async function stateOf(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'absent',
  );
}
