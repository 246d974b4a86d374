import { type ChildProcess, fork } from 'node:child_process';
import { type ForkOptions, tailOf, workerArguments, workerEnv } from './launch.ts';
import type { WorkerPort } from './worker-port.ts';

/** A worker on the same Node binary that runs us. Its stdout is closed: our stdout is data. */
export function forkWorker(options: ForkOptions): WorkerPort {
  const child = fork(options.script, [], {
    execPath: process.execPath,
    execArgv: workerArguments(options),
    env: workerEnv(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const stderrTail = tailOf(child.stderr);
  let disconnected = false;
  return {
    send: (message) => {
      if (child.connected && isObject(message)) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      const stopping = (): boolean => disconnected;
      whenGone(child, stopping, (code, signal) => listener({ code, signal, stderrTail: stderrTail() }));
    },
    stop: () => {
      // One that has ended already is about to say so by itself.
      const running = child.exitCode === null && child.signalCode === null;
      if (!child.connected || !running) return;
      disconnected = true;
      child.disconnect();
    },
    kill: () => child.kill('SIGKILL'),
  };
}

function isObject(message: unknown): message is object {
  return typeof message === 'object' && message !== null;
}

/**
 * `close` and not `exit`: Node may report the exit before it has read the last messages and the end of stderr.
 * After a disconnect of our side Node sends no `close`, and nothing more is to be read.
 */
function whenGone(
  child: ChildProcess,
  stopping: () => boolean,
  tell: (code: number | null, signal: string | null) => void,
) {
  child.on('close', (code, signal) => {
    if (!stopping()) tell(code, signal);
  });
  child.on('exit', (code, signal) => {
    if (stopping()) tell(code, signal);
  });
  // A process that could not be started, or a message that could not be sent: the end follows and tells.
  child.on('error', () => undefined);
}
