import { execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Python with MLflow; undefined: these tests are skipped, aloud. */
export const python = process.env.HILUM_PEER_MLFLOW;
if (python === undefined) console.warn('SKIPPED: MLflow: HILUM_PEER_MLFLOW is not set');

/** No telemetry, and no runners of background jobs: they take longer to start than the server. */
const quiet = { MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };

export interface MlflowServer {
  readonly url: string;
  /** Starts it, or starts it again on what is there. */
  start(): Promise<void>;
  /** Ends it and all its processes at once. */
  kill(): void;
}

/** A real server on a free loopback port, its database and files below a folder. */
export async function mlflowServer(folder: string): Promise<MlflowServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  let group: number | undefined;
  const words = [
    ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
    ...['--artifacts-destination', join(folder, 'artifacts'), '--serve-artifacts'],
  ];
  return {
    url,
    async start() {
      const child = spawn(python ?? 'python3', words, {
        cwd: folder,
        detached: true,
        stdio: 'ignore',
        env: { ...process.env, ...quiet },
      });
      group = child.pid;
      for (;;) {
        const isUp = await fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (isUp) return;
        if (child.exitCode !== null) throw new Error(`mlflow server ended with ${child.exitCode}`);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    kill() {
      if (group === undefined) return;
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It is gone already.
      }
      group = undefined;
    },
  };
}

/** JSON that `client.py` beside this file prints for a deed. */
export async function askClient(url: string, ...words: readonly string[]): Promise<unknown> {
  const script = fileURLToPath(new URL('client.py', import.meta.url));
  const env = { ...process.env, ...quiet, MLFLOW_TRACKING_URI: url };
  const { stdout } = await promisify(execFile)(python ?? 'python3', [script, ...words], {
    env,
    maxBuffer: 256 * 2 ** 20,
  });
  // The client itself prints where its runs can be looked at.
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
