import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';

/** Files of a batch that a killed process left: nobody uses them while we hold the lock. */
const leftover = /^(blackbox|report)-/;

/** Makes the folder for a batch's files on their way, or empties it. @throws HilumError `disk/…`, `config/not-writable` */
export async function emptyTemporary(state: string): Promise<void> {
  const folder = join(state, 'tmp');
  try {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) if (leftover.test(name)) await rm(join(folder, name), { force: true });
  } catch (error) {
    throw diskError(error, state);
  }
}
