import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { LiveLog } from '../interop/mlflow/live.ts';
import type { Core, Surface } from '../ipc/core.ts';
import { dispatch, type OnBug } from '../ipc/dispatch.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { realTimers, type Timers } from '../jobs/timers.ts';
import type { OpenWorker } from '../jobs/work-context.ts';
import type { StudyContext } from '../studies/context.ts';
import { located } from '../workspace/locate-error.ts';
import { userDataFolder } from '../workspace/user-folders.ts';
import { readyDefaultWorkspace } from './default-workspace.ts';
import { createJobQueue } from './job-queue.ts';
import { OpenSession, openForWork } from './open-session.ts';
import { createPushes } from './pushes.ts';
import { openSettings } from './settings-store.ts';
import { makeTemporary } from './temporary-folder.ts';
import { createViewer } from './viewer-worker.ts';

export interface CoreOptions {
  readonly surface: Surface;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute folder of a workspace; left out: the default one in the user's data, made on first use. */
  readonly workspace?: string | undefined;
  readonly openWorker: OpenWorker;
  /** ISO 8601, UTC. */
  readonly now?: (() => string) | undefined;
  readonly newId?: (() => string) | undefined;
  /** Told of each fault of our own: the call or the kind of job, never what it was about. */
  readonly onBug?: OnBug | undefined;
  readonly timers?: Timers | undefined;
}

/**
 * Opens a workspace and answers for it: everything behind the page, whatever the page is reached through.
 * @throws HilumError `workspace/busy`, `config/…`, `records/…`, `disk/…`; nothing stays open then
 */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { env, timers = realTimers, onBug = () => undefined } = options;
  const context = contextFor(options);
  const root = options.workspace ?? (await readyDefaultWorkspace(env));
  const settings = await openSettings(userDataFolder(env));
  const temporary = await makeTemporary(userDataFolder(env));
  const study = await openForWork(root, context(root)).catch(async (error: unknown) => {
    await rm(temporary, { recursive: true, force: true });
    throw await located(error, root);
  });
  const pushes = createPushes(timers);
  const jobs = createJobQueue({
    context: () => session.context(),
    push: pushes.push,
    nowMs: () => performance.now(),
    onBug,
    locate: (error) => located(error, session.study.workspace.paths.root),
  });
  const viewer = createViewer({ openWorker: options.openWorker, timers });
  const { surface } = options;
  const parts = { surface, env, jobs, settings, viewer, temporary, push: pushes.push, context };
  const session: OpenSession = new OpenSession(parts, study);
  const live = new LiveLog({ env, study: () => session.study, say: () => undefined, now: session.context().now });
  return coreOf(session, pushes, live, onBug);
}

function contextFor({ openWorker, now, newId }: CoreOptions): (root: string) => StudyContext {
  return (root) => ({
    cwd: root,
    signal: new AbortController().signal,
    now: now ?? (() => new Date().toISOString()),
    newId: newId ?? (() => randomBytes(6).toString('hex')),
    say: () => undefined,
    showProgress: () => ({ update: () => undefined, stop: () => undefined }),
    openWorker,
  });
}

function coreOf(session: OpenSession, pushes: ReturnType<typeof createPushes>, live: LiveLog, onBug: OnBug): Core {
  const handlers = createHandlers(session);
  let closing: Promise<void> | undefined;
  const lost = { ok: false, error: { code: 'call/lost', facts: {} } } as const;
  return {
    async call(channel, raw, caller) {
      if (closing !== undefined) return lost;
      const reply = await dispatch(handlers, channel, raw, caller, (name, error) => {
        // What was under way when the records were closed fails, and is no fault.
        if (closing === undefined) onBug(name, error);
      });
      return closing !== undefined && !reply.ok ? lost : reply;
    },
    onPush: pushes.listen,
    busyWith: () => session.jobs.busyWith(),
    close() {
      closing ??= closeAll(session, pushes, live);
      return closing;
    },
  };
}

async function closeAll(session: OpenSession, pushes: ReturnType<typeof createPushes>, live: LiveLog): Promise<void> {
  try {
    await session.jobs.close();
    await live.close();
    await session.viewer.close();
  } finally {
    pushes.close();
    session.study.close();
    await rm(session.temporary, { recursive: true, force: true });
  }
}
