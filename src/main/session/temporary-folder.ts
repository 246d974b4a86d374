import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';

/**
 * A folder for this process alone, for files that may show scans: below the user's data and not in a folder that all users
 * share (FAULTS D3). What processes left that were killed is removed.
 * @throws HilumError `config/not-writable`, `disk/…`
 */
export async function makeTemporary(dataFolder: string): Promise<string> {
  const parent = join(dataFolder, 'tmp');
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    for (const name of await readdir(parent)) {
      const pid = Number(/^(\d+)-/.exec(name)?.[1]);
      if (!isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true });
    }
    return await mkdtemp(join(parent, `${process.pid}-`));
  } catch (error) {
    throw diskError(error, parent);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return errnoOf(error) === 'EPERM';
  }
}
