import { join } from 'node:path';
import {
  classWeights,
  loadLatestCheckpoint,
  saveCheckpoint,
  type TrainedHead,
  trainHead,
} from '../../training/index.ts';
import type { StageContext } from '../context.ts';
import type { Study } from './study.ts';

interface Fit {
  /** 0: the model itself; 1..k: a cross-validation fold. */
  readonly fold: number;
  /** Indices into study.rows. */
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly context: StageContext;
  readonly onEpoch?: (epoch: number, epochs: number) => void;
}

export interface FittedHead extends TrainedHead {
  readonly trainImages: number;
  /** Weight of each class in the loss. */
  readonly classWeights: readonly number[];
}

/**
 * One head from its first or last checkpoint to the end. An epoch's figures are in the records before its checkpoint is
 * written and before the next epoch begins; after a kill between the two the epoch is repeated, and recorded once.
 */
export async function fitHead(study: Study, fit: Fit): Promise<FittedHead> {
  const folder = join(study.checkpoints, `fold-${fit.fold}`);
  const resumeFrom = study.resume ? await loadLatestCheckpoint(folder) : undefined;
  const { context, onEpoch } = fit;
  const trained = await trainHead({
    features: study.features,
    dimensions: study.base.dimensions,
    labels: Int32Array.from(study.rows, (row) => row.label),
    classes: study.base.contract.classes.length,
    trainRows: fit.trainRows,
    validationRows: fit.validationRows,
    params: study.params,
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    signal: context.signal,
    onEpoch: async ({ elapsedMs, ...metrics }, checkpoint) => {
      await context.emit({ kind: 'epoch', fold: fit.fold, metrics: { ...metrics, elapsed_ms: elapsedMs } });
      await saveCheckpoint(folder, checkpoint);
      onEpoch?.(metrics.epoch, study.params.training.epochs);
    },
  });
  const trainLabels = Int32Array.from(fit.trainRows, (index) => study.rows[index]?.label ?? 0);
  const weights = classWeights(study.params.training.class_weights, trainLabels, study.base.contract.classes.length);
  return { ...trained, trainImages: fit.trainRows.length, classWeights: weights };
}
