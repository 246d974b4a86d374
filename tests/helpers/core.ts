import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Channel, Input, Job, Output, Push } from '../../src/main/ipc/contract.ts';
import type { Core, Surface } from '../../src/main/ipc/core.ts';
import { forkWorker } from '../../src/main/jobs/ports/child-process.ts';
import { startWorker, type WorkerHandle } from '../../src/main/jobs/supervisor.ts';
import type { OpenWorker } from '../../src/main/jobs/work-context.ts';
import { type CoreOptions, openCore } from '../../src/main/session/index.ts';
import { HilumError } from '../../src/pipeline/domain/errors.ts';

const workerScript = fileURLToPath(new URL('../../out/main/worker.cjs', import.meta.url));
export const caller = { id: 'test-page' } as const;

/** A real core in a folder of its own, with the real worker, and what it said meanwhile. */
export interface TestCore {
  readonly core: Core;
  /** Everything that this core and its tests write. */
  readonly folder: string;
  readonly pushes: Push[];
  /** Workers in the order of their start. */
  readonly workers: WorkerHandle[];
  readonly bugs: unknown[];
  /** Text of files that were brought to the user, by proposed name. */
  readonly delivered: Map<string, string>;
  /** The value of a reply. @throws HilumError of the reply */
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
  /** Resolves when the job has ended. */
  ended(id: string): Promise<Job>;
}

export interface TestCoreOptions extends Partial<Omit<CoreOptions, 'surface'>> {
  readonly surface?: Partial<Surface>;
  readonly folder?: string;
}

/** Below the test's folder everything may be read, as if the user had chosen it. */
function surfaceOf(folder: string, delivered: Map<string, string>): Surface {
  return {
    transport: 'browser',
    canSwitchWorkspace: true,
    access: {
      roots: [folder],
      grant: () => undefined,
      require: async (path) => {
        const real = await realpath(path).catch(() => {
          throw new HilumError('source/missing', { source: 'The folder' });
        });
        if (real !== folder && !real.startsWith(`${folder}/`)) throw new HilumError('access/outside');
        return real;
      },
    },
    async deliver(name, write) {
      const path = join(folder, `delivered-${delivered.size}-${name}`);
      await write(path);
      delivered.set(name, await readFile(path, 'utf8'));
      return { kind: 'saved', path };
    },
    setTheme: () => undefined,
  };
}

export async function testFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hilum-core-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** `node tools/build.mjs` (buildHilum) must have made the worker. */
export async function testCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const folder = options.folder ?? (await testFolder());
  await mkdir(folder, { recursive: true });
  const pushes: Push[] = [];
  const workers: WorkerHandle[] = [];
  const bugs: unknown[] = [];
  const delivered = new Map<string, string>();
  const openWorker: OpenWorker = async ({ heapMb }) => {
    const worker = await startWorker(() => forkWorker({ script: workerScript, heapMb }));
    workers.push(worker);
    return worker;
  };
  const core = await openCore({
    env: { XDG_DATA_HOME: join(folder, 'user-data') },
    openWorker,
    onBug: (_channel, error) => bugs.push(error),
    ...options,
    surface: { ...surfaceOf(folder, delivered), ...options.surface },
  });
  core.onPush((push) => pushes.push(push));
  onTestFinished(() => core.close());
  return {
    ...{ core, folder, pushes, workers, bugs, delivered },
    ask: (channel, input) => ask(core, channel, input),
    ended: (id) => endOf(core, id),
  };
}

async function ask<C extends Channel>(core: Core, channel: C, input: Input<C>): Promise<Output<C>> {
  const reply = await core.call(channel, input, caller);
  if (!reply.ok) throw new HilumError(reply.error.code, reply.error.facts);
  // The dispatcher has checked the answer against this channel's schema.
  return reply.value as Output<C>;
}

const endStates: readonly Job['state'][] = ['completed', 'cancelled', 'failed'];

function endOf(core: Core, id: string): Promise<Job> {
  return new Promise((resolve, reject) => {
    const look = (job: Job | undefined): void => {
      if (job === undefined || !endStates.includes(job.state)) return;
      stop();
      resolve(job);
    };
    const stop = core.onPush((push) => {
      if (push.topic === 'job' && push.job.id === id) look(push.job);
    });
    ask(core, 'jobs/list', {}).then(({ jobs }) => look(jobs.find((job) => job.id === id)), reject);
  });
}
