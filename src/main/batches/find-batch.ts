import { HilumError } from '../../pipeline/domain/errors.ts';
import { isModelAlias, type ModelAlias } from '../../pipeline/domain/registry.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import type { Batch } from '../records/batches.ts';
import type { Records } from '../records/index.ts';
import type { BatchPlan } from './plan.ts';
import { shardText } from './shard.ts';
import { fixWorkList } from './work-list.ts';

/** A new batch with its list of files, or with `--resume` the one to go on with. @throws HilumError `batch/…`, `source/…` */
export async function openBatch(records: Records, plan: BatchPlan, context: WorkContext): Promise<Batch> {
  const old = plan.resume ? batchToResume(records, plan) : undefined;
  if (old !== undefined && old.files !== null) {
    if (old.outcome === 'completed')
      context.say('That batch is complete: its results are written again, nothing is computed.');
    return old;
  }
  if (old !== undefined) context.say('The list of files was not complete when it stopped: it is made anew.');
  return createBatch(records, plan, context.signal);
}

/**
 * A new batch with its list of files.
 * @param onCreated told of its id before the list is made
 * @throws HilumError `source/…`, `cancelled/by-user`
 */
export async function createBatch(
  records: Records,
  plan: BatchPlan,
  signal: AbortSignal,
  onCreated?: (id: string) => void,
): Promise<Batch> {
  const { model, shard, reviewBelow, answering } = plan;
  const id = records.batches.create({
    folder: plan.folder,
    modelSeal: model.seal,
    modelName: model.card.title,
    classes: model.classes,
    options: {
      shard: shard === undefined ? null : shardText(shard),
      review_below: reviewBelow ?? null,
      ...(answering === undefined ? {} : { answering }),
      ...standing(records, plan),
    },
  });
  onCreated?.(id);
  await fixWorkList(records, id, plan, signal);
  return records.batches.get(id);
}

/** What the registry says of the model now: a batch says later what the model was when it answered. */
function standing(records: Records, { alias, model }: BatchPlan): Record<string, unknown> {
  const version = records.modelVersions.ofSeal(model.seal)?.version;
  const held = records.promotions.standing().find((each) => each.version === version)?.alias;
  const stoodAs = alias ?? held;
  return { ...(version === undefined ? {} : { version }), ...(stoodAs === undefined ? {} : { stood_as: stoodAs }) };
}

/** Alias that the model of a batch stood at when it was started; null: at none. */
export function stoodAsOf({ options }: Batch): ModelAlias | null {
  return typeof options.stood_as === 'string' && isModelAlias(options.stood_as) ? options.stood_as : null;
}

/** Version that the model of a batch had; null: none, or it was not noted yet. */
export function versionOf({ options }: Batch): number | null {
  return typeof options.version === 'number' ? options.version : null;
}

/** Threshold that a batch was started with; undefined for the model's own. */
export function reviewBelowOf({ options }: Batch): number | undefined {
  return typeof options.review_below === 'number' ? options.review_below : undefined;
}

/** The newest batch of this folder, part and model. @throws HilumError `batch/unknown`, `batch/changed` */
function batchToResume(records: Records, { folder, shard, model, reviewBelow }: BatchPlan): Batch {
  const part = shard === undefined ? null : shardText(shard);
  const ofFolder = records.batches.list().filter((batch) => batch.folder === folder && batch.options.shard === part);
  const batch = ofFolder.find(({ modelSeal }) => modelSeal === model.seal);
  if (batch === undefined) {
    if (ofFolder.length > 0) throw new HilumError('batch/changed', { what: 'The model' });
    throw new HilumError('batch/unknown', { batch: 'of this folder' });
  }
  if (reviewBelow !== undefined && reviewBelow !== reviewBelowOf(batch)) {
    throw new HilumError('batch/changed', { what: 'The review threshold' });
  }
  return batch;
}
