import type { Progress } from '../../pipeline/progress.ts';
import type { WorkerHandle } from './supervisor.ts';

export interface WorkerLimits {
  /** Limit of the worker's JavaScript heap; pixels and tensors live outside it. */
  readonly heapMb: number;
}

export type OpenWorker = (limits: WorkerLimits) => Promise<WorkerHandle>;

export interface ProgressView {
  update(progress: Progress): void;
  stop(): void;
}

/** What work on batches and studies is given by whoever asked for it: the command line, or a job of the page. */
export interface WorkContext {
  /** Stopping: honoured at the next safe point. */
  readonly signal: AbortSignal;
  /** ISO 8601, UTC. */
  now(): string;
  newId(): string;
  /** Words: one line, for people. */
  say(line: string): void;
  showProgress(): ProgressView;
  /** Starts a worker process. @throws HilumError `worker/not-ready` */
  readonly openWorker: OpenWorker;
}
