import type { ForkOptions as UtilityOptions, UtilityProcess } from 'electron';
import { endMessage } from '../../../pipeline/protocol.ts';
import { type ForkOptions, tailOf, workerArguments, workerEnv } from './launch.ts';
import type { WorkerExit, WorkerPort } from './worker-port.ts';

/** A utility process, in the part that is used. */
export interface UtilityChild extends Pick<UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout'> {
  readonly on: {
    (event: 'message', listener: (message: unknown) => void): unknown;
    (event: 'exit', listener: (code: number) => void): unknown;
    (event: 'error', listener: (type: string, location: string) => void): unknown;
  };
}

export interface UtilityLauncher {
  fork(modulePath: string, args: string[], options: UtilityOptions): UtilityChild;
}

/**
 * A worker inside the app: the shipped program cannot run scripts in any other way (its RunAsNode fuse is off).
 *
 * Electron's diagnostic report of a fatal error holds the environment and is never read (FAULTS D2); its place alone says
 * whether memory ran out.
 */
export function forkUtilityWorker(utilityProcess: UtilityLauncher, options: ForkOptions): WorkerPort {
  const child = utilityProcess.fork(options.script, [], {
    serviceName: 'pipeline',
    stdio: 'pipe',
    env: workerEnv(),
    execArgv: workerArguments(options),
  });
  const stderrTail = tailOf(child.stderr);
  // Nobody reads it, and a full pipe would stop the worker.
  child.stdout?.resume();
  let hasEnded = false;
  let fatalPlace = '';
  let tell: (exit: WorkerExit) => void = () => undefined;
  // Before anybody else can listen: from here on nothing is posted.
  child.on('exit', (code) => {
    hasEnded = true;
    // Out of the event before anybody reacts to it; the last messages and the end of stderr arrive meanwhile.
    setImmediate(() => tell({ code, signal: null, stderrTail: `${stderrTail()}${outOfMemory(fatalPlace)}` }));
  });
  child.on('error', (_type, location) => {
    fatalPlace = location;
  });
  const post = (message: unknown): void => {
    // Posting to a process that has ended, or inside its `exit` event, ends the app (FAULTS A13).
    if (!hasEnded) child.postMessage(message);
  };
  return {
    send: post,
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      tell = listener;
    },
    stop: () => post(endMessage),
    kill: () => {
      if (!hasEnded) endAtOnce(child);
    },
  };
}

/** V8 names the place (`Reached heap limit`, `Ineffective mark-compacts near heap limit`); the supervisor reads Node's words. */
function outOfMemory(fatalPlace: string): string {
  return /heap limit|out of memory/i.test(fatalPlace) ? '\nJavaScript heap out of memory' : '';
}

/** Electron's own `kill` asks first on POSIX, and the worker does not heed signals that ask. */
function endAtOnce(child: UtilityChild): void {
  const { pid } = child;
  if (pid === undefined || process.platform === 'win32') {
    child.kill();
    return;
  }
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the look and the signal; `exit` follows.
  }
}
