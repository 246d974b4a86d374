import { join } from 'node:path';
import { userDataFolder } from '../../workspace/user-folders.ts';

/** Where keys are known: of this user, for every workspace on this machine. */
export interface KeysPlace {
  /** Absolute path; made when the first key is kept. */
  readonly folder: string;
  /** Folder of public keys as PEM files that are trusted as well, for machines that somebody else sets up. */
  readonly pinned: string | undefined;
}

/** `HILUM_TRUSTED_KEYS` names the folder of a machine that has no user to ask, such as a container. */
export function keysPlace(env: Readonly<Record<string, string | undefined>>): KeysPlace {
  return { folder: join(userDataFolder(env), 'signing-keys'), pinned: env.HILUM_TRUSTED_KEYS || undefined };
}
