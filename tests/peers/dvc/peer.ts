import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliPath } from '../../helpers/cli.ts';

/** Python with DVC; undefined: the tests are skipped, aloud. */
export const python = process.env.HILUM_PEER_DVC;

/** Whether DVC is there; says so when not. */
export function hasDvc(what: string): boolean {
  if (python === undefined) console.warn(`SKIPPED: ${what}: HILUM_PEER_DVC is not set`);
  return python !== undefined;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs real DVC in a folder. A `hilum` that runs this build lies on its PATH, as it would after an installation.
 * @param home folder for that `hilum`, for DVC's own files and for the user data of ours
 */
export function dvc(cwd: string, home: string, ...words: readonly string[]): Promise<Ran> {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  const shim = join(bin, 'hilum');
  writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${cliPath}' "$@"\n`);
  chmodSync(shim, 0o755);
  return run(python ?? 'python3', ['-m', 'dvc', ...words], cwd, environment(home, bin));
}

/** Runs this build's command line in a folder. */
export function hilum(cwd: string, home: string, ...words: readonly string[]): Promise<Ran> {
  return run(process.execPath, [cliPath, ...words], cwd, environment(home, join(home, 'bin')));
}

function environment(home: string, bin: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DVC_SITE_CACHE_DIR: join(home, 'site'),
    DVC_NO_ANALYTICS: 'true',
    DO_NOT_TRACK: 'true',
    NO_COLOR: '1',
  };
}

function run(program: string, words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, [...words], { cwd, env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}
