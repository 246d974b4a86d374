import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Python with the peers of these tests; undefined: they are skipped, aloud. */
export const python = process.env.HILUM_PEER_PYTHON;

export const sharedData = new URL('../../../../shared/data/', import.meta.url);

/** Whether the peers and the shared data are there; says so when not. */
export function canRun(what: string): boolean {
  if (python === undefined) console.warn(`SKIPPED: ${what}: HILUM_PEER_PYTHON is not set`);
  else if (!existsSync(sharedData)) console.warn(`SKIPPED: ${what}: ../shared/data is absent`);
  return python !== undefined && existsSync(sharedData);
}

/** JSON that a script beside this file prints. */
export function askPeer(script: string, args: readonly string[]): unknown {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const printed = execFileSync(python ?? 'python3', [path, ...args], { encoding: 'utf8', maxBuffer: 256 * 2 ** 20 });
  return JSON.parse(printed);
}
