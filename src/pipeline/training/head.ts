import type { Weights } from '../domain/network.ts';
import { correctedRate } from './adam.ts';
import { dropoutMask } from './dropout.ts';
import { headFingerprint } from './fingerprint.ts';
import { type HostMatrix, type LayerState, openHeadSession } from './head-session.ts';
import type { HeadData, HeadParams, HeadWeights, TrainedHead, TrainHeadOptions } from './head-types.ts';
import { runLoop } from './loop.ts';
import type { Learner, LoopSettings } from './loop-types.ts';
import type { NetworkState } from './network-types.ts';
import { initialParameters, squaredKernels } from './parameters.ts';
import {
  fitStandardisation,
  foldStandardisation,
  type Standardisation,
  splitBias,
  standardisedRows,
} from './standardisation.ts';
import { engineVersion, loadTensorFlow, type TensorFlow } from './tensorflow.ts';

/**
 * Trains a classifier on feature vectors: dropout → hidden layer with ReLU (when asked for) → dense with softmax; class-weighted
 * cross-entropy with L2, Adam. Features are standardised on the training rows, and that is folded into the result.
 * Equal data, parameters and engine give byte-equal weights, also over any number of interruptions.
 * @throws HilumError `training/engine-missing`, `training/changed` (resume), `training/diverged`; what `onEpoch` throws
 */
export async function trainHead(options: TrainHeadOptions): Promise<TrainedHead> {
  requireConsistent(options);
  const { params, features, dimensions, labels, classes, trainRows, validationRows } = options;
  const tf = await loadTensorFlow();
  const standardisation = fitStandardisation(features, dimensions, trainRows);
  const { resumeFrom, signal, stopAfter, onBatch, onEpoch } = options;
  const { weights, ...end } = await runLoop({
    settings: headSettings(params),
    classes,
    trainLabels: trainRows.map((row) => labels[row] ?? -1),
    validationLabels: validationRows.map((row) => labels[row] ?? -1),
    measured: trainRows.map((_, place) => place),
    fingerprint: headFingerprint(options, params, engineVersion(tf)),
    start: named(initialParameters(params.seed, dimensions, params.head.hidden, classes)),
    open: (from) => openHead(tf, options, standardisation, from),
    resumeFrom,
    signal,
    stopAfter,
    onBatch,
    onEpoch,
  });
  return { ...end, weights: served(weights, standardisation) };
}

function headSettings({ seed, training }: HeadParams): LoopSettings {
  return {
    seed,
    epochs: training.epochs,
    batchSize: training.batch_size,
    learningRate: training.learning_rate,
    schedule: training.schedule,
    classWeights: training.class_weights,
    labelSmoothing: training.label_smoothing,
    mixup: 0,
    earlyStopping: training.early_stopping,
  };
}

function openHead(
  tf: TensorFlow,
  { params, features, dimensions, trainRows, validationRows }: TrainHeadOptions,
  standardisation: Standardisation,
  from: NetworkState,
): Learner {
  const matrix = (rows: Int32Array): HostMatrix => ({
    data: standardisedRows(features, dimensions, rows, standardisation),
    shape: [rows.length, dimensions + 1],
  });
  const { dropout } = params.head;
  const { l2 } = params.training;
  const validation = validationRows.length === 0 ? undefined : matrix(validationRows);
  const session = openHeadSession(tf, matrix(trainRows), validation, layersOf(from), l2);
  return {
    step: ({ rows, targets, rowWeights, epoch, step, learningRate }) => {
      const mask =
        dropout === 0 ? undefined : dropoutMask(dropout, rows.length, dimensions + 1, params.seed, epoch, step);
      session.step({ rows, mask, targets, rowWeights }, correctedRate(learningRate, step));
    },
    predict: () => session.predict(),
    read: () => {
      const { parameters, firstMoments, secondMoments } = session.read();
      return {
        parameters: named(parameters),
        firstMoments: named(firstMoments),
        secondMoments: named(secondMoments),
      };
    },
    penalty: (parameters) => l2 * squaredKernels([...parameters.values()]),
    dispose: () => session.dispose(),
  };
}

/** Names of the layers in checkpoints; each is [inputs + 1, units], its last row is the bias. */
function named(layers: LayerState['parameters']): Weights {
  const names = layers.length === 1 ? ['output'] : ['hidden', 'output'];
  return new Map(layers.map((layer, i) => [names[i] ?? '', layer]));
}

function layersOf({ parameters, firstMoments, secondMoments }: NetworkState): LayerState {
  return {
    parameters: [...parameters.values()],
    firstMoments: [...firstMoments.values()],
    secondMoments: [...secondMoments.values()],
  };
}

function served(weights: Weights, standardisation: Standardisation): HeadWeights {
  const [first, second] = [...weights.values()];
  if (first === undefined) throw new RangeError('a head has at least one layer');
  const folded = foldStandardisation(first, standardisation);
  return second === undefined ? { dense: folded } : { hidden: folded, dense: splitBias(second) };
}

function requireConsistent({ features, dimensions, labels, classes, trainRows, validationRows }: HeadData): void {
  if (features.length !== labels.length * dimensions) throw new RangeError('features and labels differ in length');
  if (labels.some((label) => label < 0 || label >= classes)) throw new RangeError('a label is no class');
  if (trainRows.length === 0) throw new RangeError('no row to train on');
  const outside = (row: number): boolean => row < 0 || row >= labels.length;
  if (trainRows.some(outside) || validationRows.some(outside)) throw new RangeError('a row is not in the matrix');
}
