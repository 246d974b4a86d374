import type { Push } from '../ipc/contract.ts';
import type { Surface } from '../ipc/core.ts';
import type { StudyContext } from '../studies/context.ts';
import type { OpenStudy } from '../studies/study.ts';
import type { JobQueue } from './queue.ts';
import type { SettingsStore } from './settings.ts';
import type { Viewer } from './viewer.ts';

/** What the handlers of all calls share: the open workspace, the queue of jobs, and ways to reach the page. */
export interface Session {
  readonly surface: Surface;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly jobs: JobQueue;
  readonly settings: SettingsStore;
  readonly viewer: Viewer;
  /** The workspace that is open now; config and params as they stood when it was opened or last reloaded. */
  readonly study: OpenStudy;
  /** Folder for files that exist only while the program runs; 0700, emptied at the end. */
  readonly temporary: string;
  push(push: Push): void;
  /** For short work outside the queue: never cancelled, no progress. */
  context(): StudyContext;
  /** Reads config.yaml and params.yaml again after they were written. @throws HilumError `config/…` */
  reloadStudy(): Promise<void>;
  /** Closes the open workspace and opens another. @throws HilumError `workspace/jobs-running`, as `openStudy`; the old one then stays open */
  switchWorkspace(root: string): Promise<void>;
}
