import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Ends the program and its workers at once, as a power cut would. */
  killGroup(): void;
}

/** Brings out/main up to date; quick when it is. */
export function buildHilum(): void {
  execFileSync(process.execPath, [`${root}tools/build.mjs`, '--only', 'main'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Starts the built command line in a folder, in a process group of its own; its user data go below the folder. */
export function startHilum(cwd: string, words: readonly string[]): Running {
  const child = spawn(process.execPath, [`${root}out/main/cli.cjs`, ...words], {
    cwd,
    detached: true,
    env: { ...process.env, XDG_DATA_HOME: `${cwd}/.user-data` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
  };
  onTestFinished(killGroup);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => {
    stdout += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    stderr += piece.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended, killGroup };
}

/** Runs one command line to its end. */
export function hilum(cwd: string, ...words: readonly string[]): Promise<Ended> {
  return startHilum(cwd, words).ended;
}
