import { HilumError } from '../../../pipeline/domain/errors.ts';
import { planBatch, planResume } from '../../batches/plan-batch.ts';
import { exportBatch } from '../../session/batches/export.ts';
import { batchDetails, batchFacts } from '../../session/batches/facts.ts';
import { addReview } from '../../session/batches/reviews.ts';
import { pageOfRows, positionOfRow } from '../../session/batches/rows.ts';
import { scanList } from '../../session/batches/scans.ts';
import { classifyJob } from '../../session/jobs/classify.ts';
import { usableIn } from '../../session/models.ts';
import type { Session } from '../../session/session.ts';
import type { Output, Parsed } from '../contract.ts';
import type { Handlers } from '../core.ts';

type BatchHandlers = Pick<
  Handlers,
  | 'batches/list'
  | 'batches/get'
  | 'batches/start'
  | 'batches/resume'
  | 'batches/rows'
  | 'batches/position'
  | 'batches/scans'
  | 'batches/neighbours'
  | 'batches/review'
  | 'batches/undo-review'
  | 'batches/export'
  | 'batches/delete'
>;

export function batchHandlers(session: Session): BatchHandlers {
  const scans = scanList(() => performance.now());
  const records = () => session.study.records;
  return {
    'batches/list': async () => {
      const all = records().batches.list();
      return { batches: await Promise.all(all.map((batch) => batchFacts(records(), batch))) };
    },
    'batches/get': ({ batch }) => batchDetails(records(), batch),
    'batches/start': ({ folder, model }) => start(session, folder, model),
    'batches/resume': ({ batch }) => resume(session, batch),
    'batches/rows': (input) => pageOfRows(records(), input),
    'batches/position': (input) => positionOfRow(records(), input),
    'batches/scans': (input) => scans(records(), input),
    'batches/neighbours': (input) => neighbours(session, input),
    'batches/review': (input) => {
      const review = addReview(records(), input);
      session.push({ topic: 'batch', batch: input.batch });
      return { review };
    },
    'batches/undo-review': (input) => {
      records().batches.get(input.batch);
      const review = records().reviews.withdraw(input, input.reader);
      session.push({ topic: 'batch', batch: input.batch });
      return { review };
    },
    'batches/export': ({ batch, format }) => exportBatch(session, batch, format),
    'batches/delete': ({ batch }) => {
      if (isWorkedOn(session, batch)) throw new HilumError('workspace/jobs-running');
      records().batches.delete(batch);
      session.push({ topic: 'changed', what: 'batches' });
      return {};
    },
  };
}

async function start(session: Session, folder: string, model: string): Promise<Output<'batches/start'>> {
  const real = await session.surface.access.require(folder);
  const plan = await planBatch(session.study.workspace.paths.state, real, model, usableIn(session));
  const job = session.jobs.add(classifyJob(session, plan, null));
  return { job: job.id, batch: job.subject };
}

async function resume(session: Session, id: string): Promise<Output<'batches/resume'>> {
  const { records, workspace } = session.study;
  const plan = await planResume(workspace.paths.state, records.batches.get(id), usableIn(session));
  // Two jobs on one batch would do the same files.
  if (isWorkedOn(session, id)) throw new HilumError('workspace/jobs-running');
  return { job: session.jobs.add(classifyJob(session, plan, id)).id };
}

function isWorkedOn({ jobs }: Session, batch: string): boolean {
  return jobs.list().some(({ subject, endedAt }) => subject === batch && endedAt === null);
}

function neighbours({ study }: Session, input: Parsed<'batches/neighbours'>): Output<'batches/neighbours'> {
  const { classes } = study.records.batches.get(input.batch);
  const { scan, images } = study.records.batchQueries.neighbours(input);
  const named = images.map(({ predicted, ...rest }) => ({
    ...rest,
    class: predicted === null ? null : (classes[predicted] ?? null),
  }));
  return { scan, images: named };
}
