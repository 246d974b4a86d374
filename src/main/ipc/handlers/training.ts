import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { type Params, paramsSchema } from '../../../pipeline/domain/params.ts';
import { artifactNames, type BackboneFacts, backboneFactsSchema } from '../../../pipeline/domain/stage-inputs.ts';
import type { Run } from '../../records/runs.ts';
import { resumedStudyJob, studyJob } from '../../session/jobs/study.ts';
import { networkKnowledge } from '../../session/network-knowledge.ts';
import type { Session } from '../../session/session.ts';
import { isResumable } from '../../studies/checkpoints.ts';
import { requireManifest } from '../../studies/dataset-tables.ts';
import { estimateRun } from '../../studies/estimate.ts';
import { readParamsFile, writeParamsFile } from '../../studies/params-file.ts';
import { requireRoom } from '../../studies/room.ts';
import type { Channel } from '../contract.ts';
import type { Handlers } from '../core.ts';
import { requireNothingRuns, studyKinds } from './running.ts';
import { previewOf } from './training-preview.ts';

type TrainingChannel = Extract<Channel, `training/${string}` | `params/${string}`>;

export function trainingHandlers(session: Session): Pick<Handlers, TrainingChannel> {
  const know = networkKnowledge(session);
  const estimateOf = async (params: Params) => estimateRun(session.study.workspace, params, await know(params));
  return {
    'params/get': async () => ({
      ...(await readParamsFile(session.study.workspace.paths.root)),
      backbones: await backbonesNow(session),
    }),
    'params/save': async ({ params, version }) => {
      // dvc.lock notes what stands in the file when a stage begins: it must be what the stage works with.
      requireNothingRuns(session.jobs, studyKinds);
      await requireWeightsAllowed(session, params);
      const now = await writeParamsFile(session.study.workspace.paths.root, params, version);
      await session.reloadStudy();
      session.push({ topic: 'changed', what: 'params' });
      return { version: now };
    },
    'training/estimate': ({ params }) => estimateOf(params),
    'training/preview': (input) => previewOf(session, input),
    'training/start': async ({ params, name, allowLeak }) => {
      await requireWeightsAllowed(session, params);
      const { paths, config } = session.study.workspace;
      if (config.source === undefined) await requireManifest(paths);
      // What would not fit is told here, not when its turn comes; without a dataset that can only be told then.
      const hasDataset = existsSync(join(paths.artifacts, artifactNames.manifest));
      if (hasDataset) requireRoom(await estimateOf(params));
      return { job: session.jobs.add(studyJob(session, params, name, allowLeak)).id };
    },
    'training/resume': async ({ run: id }) => {
      const run = session.study.records.runs.get(id);
      await requireResumable(session, run);
      const params = paramsSchema.safeParse(run.params);
      if (!params.success) throw new HilumError('training/changed', { what: 'The form of params.yaml' });
      return { job: session.jobs.add(resumedStudyJob(session, run, params.data)).id };
    },
  };
}

/** @throws HilumError `run/running`, `training/no-checkpoint` */
async function requireResumable({ jobs, study }: Session, run: Run): Promise<void> {
  const alive = ['queued', 'running', 'cancelling'];
  const isQueued = jobs.list().some(({ subject, state }) => subject === run.id && alive.includes(state));
  if (isQueued || run.outcome === 'running') throw new HilumError('run/running');
  if (!(await isResumable(study.workspace.paths.state, run))) throw new HilumError('training/no-checkpoint');
}

/** Weights of the user are a folder that a worker opens: the page may name it only as it may any other. */
export async function requireWeightsAllowed({ study, surface }: Session, { backbone }: Params): Promise<void> {
  if (backbone.weights === undefined) return;
  const { paths, params } = study.workspace;
  const folder = resolve(paths.root, backbone.weights);
  if (folder !== params.backbone.weights) await surface.access.require(folder);
}

/** The backbones as the worker knows them, and whether their weights are there now. */
function backbonesNow({ study, viewer }: Session): Promise<BackboneFacts[]> {
  const { name, weights } = study.workspace.params.backbone;
  return viewer.run('backbones', { configured: name, weights }, z.array(backboneFactsSchema));
}
