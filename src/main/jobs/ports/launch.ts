/** How a worker process is started, whatever starts it. */
export interface ForkOptions {
  /** Module that the worker runs. */
  readonly script: string;
  /** Limit of the JavaScript heap, in MB. */
  readonly heapMb: number;
}

/** What a worker may know of our environment: paths of the system, language, time zone, caches and thread counts. No tokens. */
const allowedEnv =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|LANG|LC_[A-Z]+|TZ|SYSTEMROOT|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_[A-Z]+_HOME|LD_LIBRARY_PATH|TF_[A-Z0-9_]+|OMP_NUM_THREADS|UV_THREADPOOL_SIZE|HILUM_[A-Z0-9_]+)$/i;

export function workerEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => allowedEnv.test(name)));
}

export function workerArguments({ heapMb }: ForkOptions): string[] {
  return [`--max-old-space-size=${heapMb}`];
}

const stderrBytes = 16 * 1024;

/** Reads the stream to its end, so that the worker never blocks on it, and keeps the last bytes. */
export function tailOf(stream: NodeJS.ReadableStream | null): () => string {
  let tail = Buffer.alloc(0);
  stream?.on('data', (piece: Buffer | string) => {
    tail = Buffer.concat([tail, Buffer.from(piece)]).subarray(-stderrBytes);
  });
  return () => tail.toString('utf8');
}
