import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The user's folder for records of work outside any workspace; nothing is made here. `XDG_DATA_HOME` counts on every
 * system, so that tests and shared workstations can move it.
 */
export function userDataFolder(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  return join(env.XDG_DATA_HOME || systemDataFolder(env, platform, home), 'hilum');
}

function systemDataFolder(env: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return join(home, '.local', 'share');
}
