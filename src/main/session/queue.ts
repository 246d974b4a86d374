import type { Job } from '../ipc/contract.ts';
import type { StudyContext } from '../studies/context.ts';

/** What a job is given: signal, progress and epochs are wired to the page. */
export interface JobContext extends StudyContext {
  /** The batch or run that it works on, once that is known. */
  setSubject(id: string): void;
  /** Whether it could go on where it stopped, should it stop now. */
  setResumable(resumable: boolean): void;
}

export interface JobRequest {
  readonly kind: Job['kind'];
  readonly title: string;
  readonly subject: string | null;
  /** Throws HilumError; `cancelled/by-user` makes it cancelled, anything else failed. */
  run(context: JobContext): Promise<void>;
}

/** One job runs at a time, the others wait in order. */
export interface JobQueue {
  add(request: JobRequest): Job;
  /** Queued and running ones first, then ended ones, newest first. */
  list(): readonly Job[];
  /** A queued one is taken out, a running one asked to stop. Twice is once. @throws HilumError `job/unknown` */
  cancel(id: string): void;
  /** @throws HilumError `job/unknown`; one that has not ended stays */
  dismiss(id: string): void;
  /** Titles of queued and running jobs. */
  busyWith(): readonly string[];
  /** Cancels all and resolves when the running one has ended. */
  close(): Promise<void>;
}
