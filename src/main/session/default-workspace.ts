import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { hasCode } from '../../pipeline/domain/errors.ts';
import { initWorkspace } from '../workspace/init.ts';
import { userDataFolder } from '../workspace/user-folders.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The workspace that is there without having been asked for. */
export function defaultWorkspace(env: Environment): string {
  return join(userDataFolder(env), 'workspace');
}

/** Makes it on first use. @returns its folder. @throws HilumError `config/not-writable`, `disk/…` */
export async function readyDefaultWorkspace(env: Environment): Promise<string> {
  const root = defaultWorkspace(env);
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw diskError(error, root);
  }
  try {
    await initWorkspace(root, {});
  } catch (error) {
    if (!hasCode(error, 'config/exists')) throw error;
  }
  return root;
}
