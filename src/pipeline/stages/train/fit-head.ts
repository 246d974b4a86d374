import { join } from 'node:path';
import {
  classWeights,
  type HeadData,
  headProbabilities,
  keepNewestCheckpoint,
  loadLatestCheckpoint,
  saveCheckpoint,
  trainHead,
} from '../../training/index.ts';
import type { Fit, FittedModel } from './fit.ts';
import { withHead } from './head-network.ts';
import type { Study } from './study.ts';

/**
 * One head from its first or last checkpoint to the end. An epoch's figures are in the records before its checkpoint is
 * written and before the next epoch begins; after a kill between the two the epoch is repeated, and recorded once.
 */
export async function fitHead(study: Study, fit: Fit): Promise<FittedModel> {
  const folder = checkpointFolder(study, fit);
  const resumeFrom = study.resume ? await loadLatestCheckpoint(folder) : undefined;
  const { context, onProgress } = fit;
  const { weights: head, ...ending } = await trainHead({
    ...headData(study, fit),
    params: study.params,
    resumeFrom,
    stopAfter: study.stopAfter,
    signal: context.signal,
    onEpoch: async ({ elapsedMs, ...metrics }, checkpoint) => {
      await context.emit({ kind: 'epoch', fold: fit.fold, metrics: { ...metrics, elapsed_ms: elapsedMs } });
      await saveCheckpoint(folder, checkpoint);
      onProgress?.(metrics.epoch, study.params.training.epochs);
    },
  });
  if (ending.outcome === 'completed') await keepNewestCheckpoint(folder);
  return {
    ...ending,
    trainImages: fit.trainRows.length,
    classWeights: weightsOfClasses(study, fit),
    network: withHead(study, head),
    answers: async (rows) => headProbabilities(head, study.features, study.base.dimensions, rows),
  };
}

/** A fold's own: each goes on from its own last epoch. */
export function checkpointFolder({ checkpoints }: Study, { fold }: Fit): string {
  return join(checkpoints, `fold-${fold}`);
}

export function headData({ features, base, rows }: Study, { trainRows, validationRows }: Fit): HeadData {
  return {
    features,
    dimensions: base.dimensions,
    labels: Int32Array.from(rows, (row) => row.label),
    classes: base.contract.classes.length,
    trainRows,
    validationRows,
  };
}

export function weightsOfClasses({ rows, params, base }: Study, { trainRows }: Fit): number[] {
  const labels = Int32Array.from(trainRows, (index) => rows[index]?.label ?? 0);
  return classWeights(params.training.class_weights, labels, base.contract.classes.length);
}
