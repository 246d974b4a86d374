import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { emptyTemporary } from '../batches/temporary.ts';
import type { Push } from '../ipc/contract.ts';
import type { Surface } from '../ipc/core.ts';
import type { StudyContext } from '../studies/context.ts';
import { type OpenStudy, openStudy } from '../studies/study.ts';
import { located } from '../workspace/locate-error.ts';
import { isWorkspace, openWorkspace } from '../workspace/open.ts';
import type { JobQueue } from './queue.ts';
import type { Session } from './session.ts';
import type { SettingsStore } from './settings.ts';
import type { Viewer } from './viewer.ts';

export interface SessionParts {
  readonly surface: Surface;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly jobs: JobQueue;
  readonly settings: SettingsStore;
  readonly viewer: Viewer;
  readonly temporary: string;
  push(push: Push): void;
  /** As `Session.context`, for the workspace in this folder. */
  context(root: string): StudyContext;
}

/** Opens a workspace for work on batches too. @throws HilumError `workspace/missing`, as `openStudy` */
export async function openForWork(root: string, context: StudyContext): Promise<OpenStudy> {
  if (!(await isWorkspace(root))) throw new HilumError('workspace/missing', { path: basename(root) });
  const study = await openStudy(root, context);
  try {
    await emptyTemporary(study.workspace.paths.state);
    return study;
  } catch (error) {
    study.close();
    throw error;
  }
}

export class OpenSession implements Session {
  readonly surface: Surface;
  readonly env: Session['env'];
  readonly jobs: JobQueue;
  readonly settings: SettingsStore;
  readonly viewer: Viewer;
  readonly temporary: string;
  private readonly parts: SessionParts;
  private current: OpenStudy;
  private switching = false;

  constructor(parts: SessionParts, study: OpenStudy) {
    this.parts = parts;
    this.surface = parts.surface;
    this.env = parts.env;
    this.jobs = parts.jobs;
    this.settings = parts.settings;
    this.viewer = parts.viewer;
    this.temporary = parts.temporary;
    this.current = study;
  }

  get study(): OpenStudy {
    return this.current;
  }

  push(push: Push): void {
    this.parts.push(push);
  }

  context(): StudyContext {
    return this.parts.context(this.current.workspace.paths.root);
  }

  async reloadStudy(): Promise<void> {
    const { root } = this.current.workspace.paths;
    const workspace = await openWorkspace(root).catch(async (error: unknown) => {
      throw await located(error, root);
    });
    const { records, close } = this.current;
    this.current = { workspace, records, close };
  }

  async switchWorkspace(root: string): Promise<void> {
    if (this.switching || this.jobs.busyWith().length > 0) throw new HilumError('workspace/jobs-running');
    this.switching = true;
    try {
      const old = this.current;
      if ((await realPathOr(root)) === (await realPathOr(old.workspace.paths.root))) {
        await this.reloadStudy();
        return;
      }
      const opened = await openForWork(root, this.parts.context(root));
      // While the new one was opened somebody may have begun work in the old one.
      if (this.jobs.busyWith().length > 0) {
        opened.close();
        throw new HilumError('workspace/jobs-running');
      }
      this.current = opened;
      old.close();
      this.push({ topic: 'changed', what: 'workspace' });
    } finally {
      this.switching = false;
    }
  }
}

async function realPathOr(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
