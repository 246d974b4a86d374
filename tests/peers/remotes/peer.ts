import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Python with DVC, dvc-s3 and moto; undefined: these tests are skipped, aloud. */
export const python = process.env.HILUM_PEER_DVC;

export function canRun(what: string): boolean {
  if (python === undefined) console.warn(`SKIPPED: ${what}: HILUM_PEER_DVC is not set`);
  return python !== undefined;
}

export const quiet = { DVC_NO_ANALYTICS: 'true', DO_NOT_TRACK: 'true', AWS_EC2_METADATA_DISABLED: 'true' };
/** Made up: the server of the test takes any. */
export const keys = { AWS_ACCESS_KEY_ID: 'test-key', AWS_SECRET_ACCESS_KEY: 'test-secret' };

/** Runs real DVC. @returns what it prints */
export function dvc(cwd: string, ...words: readonly string[]): string {
  const env = { ...process.env, ...quiet, ...keys };
  return execFileSync(python ?? 'python3', ['-m', 'dvc', ...words], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

/** A local S3 on a free port of loopback, ended with the test. @returns its address */
export async function startS3(): Promise<string> {
  const port = await freePort();
  const words = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)];
  const child = spawn(python ?? 'python3', words, { stdio: 'ignore', env: { ...process.env, ...quiet } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const address = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await answers(address)) return address;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the S3 server does not answer');
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
