import { setImmediate as nextTurn } from 'node:timers/promises';
import { HilumError } from '../domain/errors.ts';
import type { WeightArray } from '../domain/network.ts';
import { randomFrom } from '../domain/random.ts';
import { correctedRate } from './adam.ts';
import { classWeights } from './class-weights.ts';
import { dropoutMask } from './dropout.ts';
import { nothingWatched, shouldStop, watchEpoch } from './early-stopping.ts';
import { fingerprintOf, requireSameFingerprint } from './fingerprint.ts';
import { type HostBatch, type HostMatrix, openHeadSession } from './head-session.ts';
import type {
  EpochMetrics,
  HeadCheckpoint,
  HeadData,
  HeadWeights,
  TrainedHead,
  TrainHeadOptions,
} from './head-types.ts';
import { initialParameters, squaredKernels } from './parameters.ts';
import { type PartMetrics, partMetrics } from './part-metrics.ts';
import { learningRateAt } from './schedule.ts';
import {
  fitStandardisation,
  foldStandardisation,
  type Standardisation,
  splitBias,
  standardisedRows,
} from './standardisation.ts';
import { engineVersion, loadTensorFlow } from './tensorflow.ts';

type Session = ReturnType<typeof openHeadSession>;
/** State after a complete epoch; epoch and step 0 at the start. */
type Progress = Omit<HeadCheckpoint, 'fingerprint'>;

/**
 * Trains a classifier on feature vectors: dropout → hidden layer with ReLU (when asked for) → dense with softmax; class-weighted
 * cross-entropy with L2, Adam. Features are standardised on the training rows, and that is folded into the result.
 * Equal data, parameters and engine give byte-equal weights, also over any number of interruptions.
 * @throws HilumError `training/engine-missing`, `training/changed` (resume), `training/diverged`; what `onEpoch` throws
 */
export async function trainHead(options: TrainHeadOptions): Promise<TrainedHead> {
  requireConsistent(options);
  const { params, resumeFrom } = options;
  const tf = await loadTensorFlow();
  const fingerprint = fingerprintOf(options, params, engineVersion(tf));
  if (resumeFrom !== undefined) requireSameFingerprint(resumeFrom.fingerprint, fingerprint);
  const setUp = prepare(options);
  let progress = resumeFrom ?? untrained(options);
  const session = openHeadSession(tf, setUp.train, setUp.validation, progress, params.training.l2);
  try {
    while (!isFinished(progress, options)) {
      const startMs = performance.now();
      const epoch = progress.epoch + 1;
      const step = await runEpoch(session, options, setUp, epoch, progress.step);
      if (step === 'cancelled') return result('cancelled', progress, setUp.standardisation);
      const read = session.read();
      const figures = measure(session, options, setUp, read.parameters, epoch);
      progress = advance(progress, options, epoch, step, read, figures);
      await options.onEpoch({ ...figures, elapsedMs: performance.now() - startMs }, { ...progress, fingerprint });
    }
  } finally {
    session.dispose();
  }
  return result('completed', progress, setUp.standardisation);
}

/** What stays the same over all epochs. */
interface SetUp {
  readonly standardisation: Standardisation;
  readonly train: HostMatrix;
  readonly validation: HostMatrix | undefined;
  readonly trainLabels: Int32Array;
  readonly validationLabels: Int32Array;
  readonly weights: readonly number[];
}

function prepare(options: TrainHeadOptions): SetUp {
  const { features, dimensions, labels, classes, trainRows, validationRows } = options;
  const standardisation = fitStandardisation(features, dimensions, trainRows);
  const matrix = (rows: Int32Array): HostMatrix => ({
    data: standardisedRows(features, dimensions, rows, standardisation),
    shape: [rows.length, dimensions + 1],
  });
  const trainLabels = trainRows.map((row) => labels[row] ?? -1);
  return {
    standardisation,
    train: matrix(trainRows),
    validation: validationRows.length === 0 ? undefined : matrix(validationRows),
    trainLabels,
    validationLabels: validationRows.map((row) => labels[row] ?? -1),
    weights: classWeights(options.params.training.class_weights, trainLabels, classes),
  };
}

function untrained({ params, dimensions, classes }: TrainHeadOptions): Progress {
  const parameters = initialParameters(params.seed, dimensions, params.head.hidden, classes);
  const zeros = parameters.map(({ shape, data }) => ({ shape, data: new Float32Array(data.length) }));
  return {
    epoch: 0,
    step: 0,
    watch: nothingWatched,
    parameters,
    firstMoments: zeros,
    secondMoments: zeros,
    bestParameters: parameters,
  };
}

function isFinished(progress: Progress, { params }: TrainHeadOptions): boolean {
  const { epochs, early_stopping } = params.training;
  return progress.epoch >= epochs || shouldStop(progress.watch, early_stopping.patience);
}

/** @returns updates made so far, or `cancelled` when the signal came before the epoch was complete */
async function runEpoch(
  session: Session,
  options: TrainHeadOptions,
  setUp: SetUp,
  epoch: number,
  stepsBefore: number,
): Promise<number | 'cancelled'> {
  const { params, signal } = options;
  const { batch_size, learning_rate, schedule, epochs } = params.training;
  const order = shuffledRows(setUp.trainLabels.length, params.seed, epoch);
  const baseRate = learningRateAt(schedule, learning_rate, epoch, epochs);
  let step = stepsBefore;
  for (let start = 0; start < order.length; start += batch_size) {
    // A turn of the event loop for each batch lets a message that cancels come in.
    await nextTurn();
    if (signal?.aborted) return 'cancelled';
    step += 1;
    const rows = order.slice(start, start + batch_size);
    session.step(hostBatch(rows, options, setUp, epoch, step), correctedRate(baseRate, step));
  }
  return step;
}

function shuffledRows(count: number, seed: number, epoch: number): Int32Array {
  const rows = Array.from({ length: count }, (_, i) => i);
  return Int32Array.from(randomFrom(seed, 'shuffle', epoch).shuffled(rows));
}

function hostBatch(
  rows: Int32Array,
  { params, dimensions, classes }: TrainHeadOptions,
  { trainLabels, weights }: SetUp,
  epoch: number,
  step: number,
): HostBatch {
  const { dropout } = params.head;
  const targets = new Float32Array(rows.length * classes);
  const rowWeights = new Float32Array(rows.length);
  rows.forEach((row, i) => {
    const label = trainLabels[row] ?? 0;
    const weight = (weights[label] ?? 0) / rows.length;
    rowWeights[i] = weight;
    targets[i * classes + label] = weight;
  });
  const mask = dropout === 0 ? undefined : dropoutMask(dropout, rows.length, dimensions + 1, params.seed, epoch, step);
  return { rows, mask, targets, rowWeights };
}

function measure(
  session: Session,
  { params }: TrainHeadOptions,
  setUp: SetUp,
  parameters: readonly WeightArray[],
  epoch: number,
): Omit<EpochMetrics, 'elapsedMs'> {
  const { learning_rate, schedule, epochs, l2 } = params.training;
  const logits = session.predict();
  const penalty = l2 * squaredKernels(parameters);
  const train = partMetrics(logits.train, setUp.trainLabels, setUp.weights);
  const validation: PartMetrics | undefined =
    logits.validation && partMetrics(logits.validation, setUp.validationLabels, setUp.weights);
  const loss = train.loss + penalty;
  if (!Number.isFinite(loss) || !Number.isFinite(validation?.loss ?? 0)) {
    throw new HilumError('training/diverged', { loss: String(loss), epoch });
  }
  return {
    epoch,
    learning_rate: learningRateAt(schedule, learning_rate, epoch, epochs),
    loss,
    accuracy: train.accuracy,
    balanced_accuracy: train.balancedAccuracy,
    validation_loss: validation === undefined ? null : validation.loss + penalty,
    validation_accuracy: validation?.accuracy ?? null,
    validation_balanced_accuracy: validation?.balancedAccuracy ?? null,
  };
}

function advance(
  before: Progress,
  { params }: TrainHeadOptions,
  epoch: number,
  step: number,
  read: ReturnType<Session['read']>,
  figures: Omit<EpochMetrics, 'elapsedMs'>,
): Progress {
  const { metric } = params.training.early_stopping;
  const watched = metric === 'loss' ? figures.validation_loss : figures.validation_balanced_accuracy;
  const watch = watchEpoch(before.watch, metric, watched, epoch);
  const bestParameters = watch.bestEpoch === epoch ? read.parameters : before.bestParameters;
  return { epoch, step, watch, ...read, bestParameters };
}

function result(
  outcome: TrainedHead['outcome'],
  { watch, epoch, bestParameters }: Progress,
  standardisation: Standardisation,
): TrainedHead {
  return { outcome, bestEpoch: watch.bestEpoch, epochs: epoch, weights: served(bestParameters, standardisation) };
}

function served(layers: readonly WeightArray[], standardisation: Standardisation): HeadWeights {
  const [first, second] = layers;
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
