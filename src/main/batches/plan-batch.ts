import { HilumError } from '../../pipeline/domain/errors.ts';
import { sealFile } from '../../pipeline/domain/sealed-model.ts';
import { modelFolderOf } from '../models/store.ts';
import type { Batch } from '../records/batches.ts';
import { listFiles } from '../workspace/list-files.ts';
import { type ModelIdentity, readModelIdentity } from '../workspace/model-identity.ts';
import { reviewBelowOf } from './find-batch.ts';
import { ownFiles } from './own-files.ts';
import type { BatchPlan } from './plan.ts';
import { parseShard } from './shard.ts';

/** Throws where a model may not be used here, whatever it is. */
type RequireUsable = (folder: string) => Promise<void>;

/**
 * Plan of a new batch of the page; nothing is written.
 * @param state `.hilum` of the open workspace
 * @param folder real path of a folder that may be read
 * @param model its seal
 * @throws HilumError `source/…`, `model/…`, what `requireUsable` throws
 */
export async function planBatch(
  state: string,
  folder: string,
  model: string,
  requireUsable: RequireUsable,
): Promise<BatchPlan> {
  const identity = await modelBySeal(state, model, requireUsable);
  const isOurs = await ownFiles([], state);
  await requireAnyFile(folder, isOurs);
  return { folder, shard: undefined, reviewBelow: undefined, resume: false, state, model: identity, isOurs };
}

/** Plan for going on with a batch: the same folder, part, threshold and model. @throws as `planBatch` */
export async function planResume(state: string, batch: Batch, requireUsable: RequireUsable): Promise<BatchPlan> {
  const { shard } = batch.options;
  return {
    folder: batch.folder,
    shard: typeof shard === 'string' ? parseShard(shard) : undefined,
    reviewBelow: reviewBelowOf(batch),
    resume: true,
    state,
    model: await modelBySeal(state, batch.modelSeal, requireUsable),
    isOurs: await ownFiles([], state),
  };
}

/** @param state `.hilum` of the workspace that stores it. @throws HilumError `model/unknown`, `model/…` */
export async function modelBySeal(state: string, seal: string, requireUsable: RequireUsable): Promise<ModelIdentity> {
  const model = await readModelIdentity(await modelFolderOf(state, seal));
  if (model.seal !== seal) throw new HilumError('model/seal-broken', { file: sealFile });
  await requireUsable(model.folder);
  return model;
}

/** A batch without files would be in the list for nothing. */
async function requireAnyFile(folder: string, skip: (path: string) => boolean): Promise<void> {
  for await (const _entry of listFiles(folder, { skip })) return;
  throw new HilumError('source/empty', { source: 'The folder' });
}
