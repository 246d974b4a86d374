import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sweepTemporary, writeFolderAtomic } from '../../../pipeline/disk/atomic.ts';
import type { PhantomInput } from '../../../pipeline/domain/stage-inputs.ts';
import { planBatch } from '../../batches/plan-batch.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { bundledId } from '../../models/store.ts';
import { usableIn } from '../models.ts';
import { partOfJob } from '../part-of-job.ts';
import type { JobContext } from '../queue.ts';
import type { Session } from '../session.ts';
import { classifyInJob } from './classify.ts';

/** The mixed folder is the same whatever the other figures say. */
const phantom: Omit<PhantomInput, 'folder'> = {
  scans: 1,
  slices: 1,
  seed: 1,
  size: 256,
  format: 'mixed',
  masks: false,
  mixedFolder: true,
};

/** Share of the work that drawing takes. */
const drawing = 0.3;

/** Folder of the synthetic scans that a first look is taken at. @param state `.hilum` of the workspace */
export const demoFolder = (state: string): string => join(state, 'demo', 'incoming');

/** Queues: synthetic scans, good and broken ones, drawn where they are not there yet, and classified with the bundled model. */
export async function startDemoBatch(session: Session): Promise<{ job: string }> {
  const job = session.jobs.add({
    kind: 'demo',
    title: 'Classify: synthetic scans',
    subject: null,
    run: (context) => demo(session, context),
  });
  return { job: job.id };
}

async function demo(session: Session, context: JobContext): Promise<void> {
  const { state } = session.study.workspace.paths;
  const folder = demoFolder(state);
  const isDrawn = existsSync(folder);
  if (!isDrawn) await draw(folder, partOfJob(context, 0, drawing));
  const plan = await planBatch(state, folder, await bundledId(), usableIn(session));
  await classifyInJob(session, plan, null, isDrawn ? context : partOfJob(context, drawing, 1));
}

async function draw(folder: string, context: JobContext): Promise<void> {
  await sweepTemporary(dirname(folder));
  await writeFolderAtomic(folder, async (aside) => {
    await stageInWorker(context, 'phantom', { ...phantom, folder: aside }, z.unknown());
  });
}
