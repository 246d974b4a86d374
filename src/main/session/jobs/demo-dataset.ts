import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { writeFolderAtomic } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, type PhantomInput } from '../../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { ingest } from '../../studies/stages/ingest.ts';
import { setConfigKeys } from '../../workspace/edit-config.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { partOfJob } from '../part-of-job.ts';
import type { JobContext } from '../queue.ts';
import type { Session } from '../session.ts';

/** Enough scans a class for groups in every part of a split; drawn and trained on within a minute. */
const phantoms: Omit<PhantomInput, 'folder'> = {
  scans: 8,
  slices: 6,
  seed: 1,
  size: 256,
  format: 'jpeg',
  masks: false,
  mixedFolder: false,
};

/** Below the workspace; the truth of the images lies beside them. */
const folder = `${workspaceNames.state}/demo/dataset`;
const source = `${folder}/images`;
const description = 'synthetic images made by `hilum phantom`';

/**
 * Queues a synthetic dataset: drawn below `.hilum/demo`, named as the source of the workspace, and ingested.
 * @returns id of the job
 * @throws HilumError `config/has-source`; nothing is queued then
 */
export function startDemoDataset(session: Session): string {
  requireNoSource(session);
  const job = session.jobs.add({
    kind: 'demo-study',
    title: 'Demo dataset',
    subject: null,
    run: (context) => makeDemoDataset(session, context),
  });
  return job.id;
}

async function makeDemoDataset(session: Session, context: JobContext): Promise<void> {
  const { root } = session.study.workspace.paths;
  if (!existsSync(join(root, source))) {
    await writeFolderAtomic(join(root, folder), async (aside) => {
      const input: PhantomInput = { ...phantoms, folder: join(aside, basename(source)) };
      await stageInWorker(partOfJob(context, 0, 0.5), 'phantom', input, z.unknown());
    });
  }
  // Somebody may have named a source while this waited or drew.
  await session.reloadStudy();
  requireNoSource(session);
  await setConfigKeys(root, { source, description });
  await session.reloadStudy();
  await ingest.runIn({}, session.study, partOfJob(context, 0.5, 1));
  session.push({ topic: 'changed', what: 'dataset' });
}

/** A demo that was stopped on its way may be begun again. */
function requireNoSource({ study }: Session): void {
  const { config, paths } = study.workspace;
  const hasDataset = existsSync(join(paths.artifacts, artifactNames.manifest));
  if (hasDataset || (config.source ?? source) !== source) throw new HilumError('config/has-source');
}
