import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';

/** What a killed process left of a batch or a verification: nobody uses it while we hold the lock. */
const leftover = /^(blackbox|report|verify)-/;
/** Runs are bundled without the lock: what is older than any of that takes was left. */
const bundle = /^bundle-/;
const bundleMs = 24 * 3600 * 1000;

/** Makes the folder for a batch's files on their way, or empties it. @throws HilumError `disk/…`, `config/not-writable` */
export async function emptyTemporary(state: string): Promise<void> {
  const folder = join(state, 'tmp');
  try {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const isLeft = leftover.test(name) || (bundle.test(name) && (await isOld(path)));
      if (isLeft) await rm(path, { recursive: true, force: true });
    }
  } catch (error) {
    throw diskError(error, state);
  }
}

async function isOld(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > bundleMs,
    () => false,
  );
}
