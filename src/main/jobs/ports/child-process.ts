import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { WorkerPort } from './worker-port.ts';

export interface ForkOptions {
  /** Module that the worker runs. */
  readonly script: string;
  /** Limit of the JavaScript heap, in MB. */
  readonly heapMb: number;
}

/** What a worker may know of our environment: paths of the system, language, time zone, caches and thread counts. No tokens. */
const allowedEnv =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|LANG|LC_[A-Z]+|TZ|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_[A-Z]+_HOME|LD_LIBRARY_PATH|TF_[A-Z0-9_]+|OMP_NUM_THREADS|UV_THREADPOOL_SIZE|HILUM_[A-Z0-9_]+)$/i;

const stderrBytes = 16 * 1024;

/** A worker on the same Node binary that runs us. Its stdout is closed: our stdout is data. */
export function forkWorker({ script, heapMb }: ForkOptions): WorkerPort {
  const child = fork(script, [], {
    execPath: process.execPath,
    execArgv: [`--max-old-space-size=${heapMb}`],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => allowedEnv.test(name))),
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

/** Reads the stream to its end, so that the worker never blocks on it, and keeps the last bytes. */
function tailOf(stream: Readable | null): () => string {
  let tail = Buffer.alloc(0);
  stream?.on('data', (piece: Buffer) => {
    tail = Buffer.concat([tail, piece]).subarray(-stderrBytes);
  });
  return () => tail.toString('utf8');
}
