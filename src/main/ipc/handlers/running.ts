import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { JobQueue } from '../../session/queue.ts';
import type { Job } from '../contract.ts';

/** Jobs that read the dataset and the parameters of the workspace, or write them. */
export const studyKinds = [
  'ingest',
  'split',
  'study',
  'demo-study',
  'sweep',
  'validate',
  'leak-meter',
  'shortcuts',
  'suspects',
  'verify-run',
  'data-pull',
] as const satisfies readonly Job['kind'][];

/** @throws HilumError `workspace/jobs-running` while a job of one of these kinds runs; waiting ones do not count */
export function requireNothingRuns(jobs: JobQueue, kinds: readonly Job['kind'][]): void {
  const runs = ({ kind, state }: Job): boolean =>
    kinds.includes(kind) && (state === 'running' || state === 'cancelling');
  if (jobs.list().some(runs)) throw new HilumError('workspace/jobs-running');
}
