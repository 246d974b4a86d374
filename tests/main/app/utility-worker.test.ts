import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  forkUtilityWorker,
  type UtilityChild,
  type UtilityLauncher,
} from '../../../src/main/jobs/ports/utility-process.ts';
import { runStage } from '../../../src/main/jobs/run-stage.ts';
import { startWorker, type WorkerHandle } from '../../../src/main/jobs/supervisor.ts';
import { buildHilum } from '../../helpers/hilum.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shim = fileURLToPath(new URL('parent-port-shim.mjs', import.meta.url));

beforeAll(buildHilum);

/** A real process behind the form of a utility process: the built worker finds `process.parentPort` and no channel of Node. */
class RealUtility extends EventEmitter implements UtilityChild {
  readonly process: ChildProcess;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  constructor(script: string, options: Parameters<UtilityLauncher['fork']>[2]) {
    super();
    this.process = fork(script, [], {
      execPath: process.execPath,
      execArgv: [...(options.execArgv ?? []), '--import', shim],
      env: { ...options.env },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.stdout = this.process.stdout;
    this.stderr = this.process.stderr;
    this.process.on('message', (message) => this.emit('message', message));
    this.process.on('exit', (code) => this.emit('exit', code ?? 1));
    onTestFinished(() => void this.process.kill('SIGKILL'));
  }
  get pid(): number | undefined {
    return this.process.exitCode === null ? this.process.pid : undefined;
  }
  postMessage(message: object): void {
    this.process.send(message);
  }
  kill(): boolean {
    return this.process.kill();
  }
}

async function realWorker(): Promise<WorkerHandle> {
  const launcher: UtilityLauncher = { fork: (script, _args, options) => new RealUtility(script, options) };
  const script = join(root, 'out', 'main', 'worker.cjs');
  return startWorker(() => forkUtilityWorker(launcher, { script, heapMb: 256 }));
}

it('the built worker speaks through the port of a utility process, and ends when asked', async () => {
  const worker = await realWorker();
  expect(worker.pid).toBeGreaterThan(0);
  const missing = runStage(worker, { stage: 'verify', input: { model: '/nowhere' } });
  await expect(missing).rejects.toMatchObject({ code: 'model/missing' });
  await worker.stop();
  expect(worker.alive).toBe(false);
});

it('[A13] killed, it reaches whoever waits with the reason', async () => {
  const worker = await realWorker();
  const running = runStage(worker, { stage: 'verify', input: { model: '/nowhere' } }).catch(() => undefined);
  await running;
  worker.kill('the test said so');
  const later = runStage(worker, { stage: 'verify', input: { model: '/nowhere' } });
  await expect(later).rejects.toMatchObject({ code: 'worker/died', facts: { reason: 'the test said so' } });
});
