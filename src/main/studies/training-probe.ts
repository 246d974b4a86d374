import type { Params } from '../../pipeline/domain/params.ts';
import {
  type Probe,
  probeKey,
  probeSchema,
  probeSteps,
  trainingCostSchema,
} from '../../pipeline/domain/training-cost.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import type { StudyContext } from './context.ts';
import { requireManifest } from './dataset-tables.ts';
import { classesOf, type Estimate, estimateRun } from './estimate.ts';
import { requireRoom } from './room.ts';
import { nothingMeasured, readSpeeds, saveSpeeds } from './speeds.ts';
import type { Study } from './study.ts';

/**
 * The estimate of a run with the study's own parameters. For fine-tuning it rests on a probe, which is made and kept when there is
 * none for these settings yet; what is plainly too large is not even probed.
 * @throws HilumError `dataset/missing` (prepare first), `training/too-large`
 */
export async function probedEstimate({ workspace }: Study, context: StudyContext): Promise<Estimate> {
  const { params, paths } = workspace;
  if (params.training.preset === 'head') return estimateRun(workspace, params, { backbones: [], cost: undefined });
  const classes = classesOf(workspace, await requireManifest(paths));
  const cost = await stageInWorker(context, 'training-cost', { params, classes }, trainingCostSchema);
  const knowledge = { backbones: [], cost };
  const first = await estimateRun(workspace, params, knowledge);
  if ((await knownProbe(paths.state, params)) !== undefined) return first;
  requireRoom(first);
  const probe = await stageInWorker(context, 'probe', { workspace: paths, params, steps: probeSteps }, probeSchema);
  await saveSpeeds(paths.state, { ...nothingMeasured, fineTuning: { [probeKey(params)]: probe } });
  return estimateRun(workspace, params, knowledge);
}

async function knownProbe(state: string, params: Params): Promise<Probe | undefined> {
  return (await readSpeeds(state)).fineTuning[probeKey(params)];
}
