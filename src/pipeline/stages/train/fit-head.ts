import { join } from 'node:path';
import type { WeightArray, WeightedNetwork } from '../../domain/network.ts';
import { attachHead, headNames } from '../../network/index.ts';
import {
  classWeights,
  type HeadWeights,
  headProbabilities,
  loadLatestCheckpoint,
  saveCheckpoint,
  trainHead,
} from '../../training/index.ts';
import type { Fit, FittedModel } from './fit.ts';
import type { Study } from './study.ts';

/**
 * One head from its first or last checkpoint to the end. An epoch's figures are in the records before its checkpoint is
 * written and before the next epoch begins; after a kill between the two the epoch is repeated, and recorded once.
 */
export async function fitHead(study: Study, fit: Fit): Promise<FittedModel> {
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
  const { weights: head, ...ending } = trained;
  return {
    ...ending,
    trainImages: fit.trainRows.length,
    classWeights: weights,
    network: withHead(study, head),
    answers: async (rows) => headProbabilities(head, study.features, study.base.dimensions, rows),
  };
}

function withHead({ base, params }: Study, { hidden, dense }: HeadWeights): WeightedNetwork {
  const layers = { [headNames.output]: dense, ...(hidden === undefined ? {} : { [headNames.hidden]: hidden }) };
  const weights = Object.entries(layers).flatMap(([name, { kernel, bias }]): [string, WeightArray][] => [
    [`${name}/kernel`, kernel],
    [`${name}/bias`, bias],
  ]);
  return attachHead(base.network, {
    ...params.head,
    classes: base.contract.classes.length,
    weights: new Map(weights),
  });
}
