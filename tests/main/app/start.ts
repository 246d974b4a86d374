import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../../../src/main/app/boot.ts';
import type { CoreSurroundings } from '../../../src/main/app/show-app.ts';
import type { Job, Push, Reply } from '../../../src/main/ipc/contract.ts';
import type { Core } from '../../../src/main/ipc/core.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { FakeElectron } from './fake-electron.ts';

/** A core that notes what it is asked. */
export class NotingCore implements Core {
  readonly asked: { channel: string; raw: unknown; caller: string }[] = [];
  busy: string[] = [];
  closes = 0;
  private readonly listeners = new Set<(push: Push) => void>();
  async call(channel: string, raw: unknown, caller: { id: string }): Promise<Reply<unknown>> {
    this.asked.push({ channel, raw, caller: caller.id });
    return { ok: true, value: { channel } };
  }
  onPush(listener: (push: Push) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  push(push: Push): void {
    for (const listener of this.listeners) listener(push);
  }
  busyWith(): readonly string[] {
    return this.busy;
  }
  async close(): Promise<void> {
    this.closes++;
  }
}

export interface StartOptions {
  readonly electron?: FakeElectron;
  readonly argv?: readonly string[];
  readonly platform?: NodeJS.Platform;
  /** Data folder of the user; a new one when left out. */
  readonly data?: string;
  /** Folder of the built page; a tiny one when left out. */
  readonly page?: string;
  readonly openCore?: (surroundings: CoreSurroundings) => Promise<Core>;
}

/** Builds a page of a few bytes. */
export function tinyPage(parent: string): string {
  const folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Hilum</title>');
  writeFileSync(join(folder, 'assets', 'index-abc12345.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-abc12345.css'), ':root{}');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

/** Starts the app on the fake, up to the moment at which its page is loaded. */
export async function startApp(options: StartOptions = {}) {
  const { electron = new FakeElectron(), argv = ['hilum'], platform = 'linux' } = options;
  const core = new NotingCore();
  const data = options.data ?? temporaryFolder();
  const said: string[] = [];
  const faults = new Map<string, (error: unknown) => void>();
  let surroundings: CoreSurroundings | undefined;
  const booted = boot({
    electron: electron.port,
    host: {
      argv: [...argv],
      env: { XDG_DATA_HOME: data },
      platform,
      home: join(data, 'home'),
      cwd: () => data,
      stderr: { write: (text: string) => said.push(text) },
      on: (event: string, listener: (error: unknown) => void) => faults.set(event, listener),
    },
    files: {
      preload: '/app/out/main/preload.cjs',
      page: options.page ?? tinyPage(temporaryFolder()),
      worker: '/app/out/main/worker.cjs',
    },
    version: '1.2.3',
    openCore: async (given) => {
      electron.log.push('openCore');
      surroundings = given;
      return options.openCore === undefined ? core : options.openCore(given);
    },
  });
  electron.app.getReady();
  await booted;
  // The core is opened beside the window; what hangs on it is tied one turn later.
  await new Promise((resolve) => setImmediate(resolve));
  return {
    electron,
    core,
    data,
    said,
    faults,
    userData: join(data, 'hilum'),
    surroundings: (): CoreSurroundings => {
      if (surroundings === undefined) throw new Error('the core was not opened');
      return surroundings;
    },
  };
}

export function job(change: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind: 'classify',
    title: 'Classify: MUSTERMANN^MAX',
    state: 'running',
    subject: null,
    progress: null,
    queuedAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    endedAt: null,
    error: null,
    resumable: false,
    ...change,
  };
}
