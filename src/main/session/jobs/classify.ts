import { basename } from 'node:path';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { createBatch } from '../../batches/find-batch.ts';
import type { BatchPlan } from '../../batches/plan.ts';
import { runSession, startEarly } from '../../batches/run-batch.ts';
import { watchedProgress } from '../../jobs/watched-progress.ts';
import type { Batch } from '../../records/batches.ts';
import type { JobContext, JobRequest } from '../queue.ts';
import type { Session } from '../session.ts';

/** @param batch the one to go on with; null: a new one */
export function classifyJob(session: Session, plan: BatchPlan, batch: string | null): JobRequest {
  return {
    kind: 'classify',
    title: `Classify: ${basename(plan.folder)}`,
    subject: batch,
    run: (context) => classifyInJob(session, plan, batch, context),
  };
}

/** Classifies what the plan says, and tells the page of each step. @throws HilumError as `runBatch`; `cancelled/by-user` */
export async function classifyInJob(
  session: Session,
  plan: BatchPlan,
  batch: string | null,
  context: JobContext,
): Promise<void> {
  const { records } = session.study;
  const early = startEarly(context.openWorker);
  try {
    const opened = await openInJob(session, plan, batch, context);
    context.setResumable(true);
    const tell = (): void => session.push({ topic: 'batch', batch: opened.id });
    // Progress is reported after each commit: rows have arrived then.
    const watched = watchedProgress(context, tell);
    const { outcome } = await runSession(records, opened, early, plan, watched).finally(tell);
    if (outcome === 'cancelled') throw new HilumError('cancelled/by-user');
  } finally {
    await early.discard();
    session.push({ topic: 'changed', what: 'batches' });
  }
}

/** The batch to go on with; one whose list of files was never whole is made anew. */
async function openInJob(session: Session, plan: BatchPlan, batch: string | null, context: JobContext): Promise<Batch> {
  const { records } = session.study;
  const old = batch === null ? undefined : records.batches.get(batch);
  if (old !== undefined && old.files !== null) return old;
  return createBatch(records, plan, context.signal, (id) => {
    context.setSubject(id);
    session.push({ topic: 'changed', what: 'batches' });
  });
}
