import type { Run } from '../../records/runs.ts';
import { verifyRun } from '../../studies/verify-run/verify.ts';
import type { JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** Trains a run again, aside, and compares. What differs is an answer, not a failure. */
export function verifyRunJob(session: Session, { id, name }: Pick<Run, 'id' | 'name'>): JobRequest {
  return {
    kind: 'verify-run',
    title: `Verify: ${name}`,
    subject: id,
    async run(context) {
      try {
        await verifyRun(session.study, context, id);
      } finally {
        session.push({ topic: 'changed', what: 'findings' });
      }
    },
  };
}
