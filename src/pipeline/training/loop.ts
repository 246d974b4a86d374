import { setImmediate as nextTurn } from 'node:timers/promises';
import { HilumError } from '../domain/errors.ts';
import type { WeightArray, Weights } from '../domain/network.ts';
import { randomFrom } from '../domain/random.ts';
import { classWeights } from './class-weights.ts';
import { nothingWatched, shouldStop, watchEpoch } from './early-stopping.ts';
import { requireSameFingerprint } from './fingerprint.ts';
import type {
  Checkpoint,
  EpochMetrics,
  Learner,
  LoopBatch,
  LoopEnd,
  LoopOptions,
  LoopSettings,
  PartLogits,
} from './loop-types.ts';
import { blendOf } from './mixup.ts';
import type { NetworkState } from './network-types.ts';
import { type PartMetrics, partMetrics } from './part-metrics.ts';
import { learningRateAt } from './schedule.ts';
import { batchTargets } from './targets.ts';

/** State after a complete epoch; epoch and step 0 at the start. */
type Progress = Omit<Checkpoint, 'fingerprint'>;

/**
 * The one training loop: seeded shuffle, schedule, class weights, label smoothing, mixup, early stopping that gives the best epoch
 * back, cancelling between batches, a checkpoint an epoch. Equal data, settings and engine give byte-equal weights, also over any
 * number of interruptions.
 * @throws HilumError `training/changed` (resume), `training/diverged`; what the learner and `onEpoch` throw
 */
export async function runLoop(options: LoopOptions): Promise<LoopEnd> {
  const { resumeFrom, fingerprint, settings } = options;
  if (resumeFrom !== undefined) requireSameFingerprint(resumeFrom.fingerprint, fingerprint);
  let progress = resumeFrom ?? untrained(options.start);
  const goesOn = (at: Progress): boolean =>
    !isFinished(at, settings) && at.epoch < (options.stopAfter ?? settings.epochs);
  const ended = (at: Progress): LoopEnd => endOf(isFinished(at, settings) ? 'completed' : 'stopped', at);
  if (!goesOn(progress)) return ended(progress);
  const weights = classWeights(settings.classWeights, options.trainLabels, options.classes);
  const learner = await options.open(progress);
  try {
    while (goesOn(progress)) {
      const startMs = performance.now();
      const epoch = progress.epoch + 1;
      const step = await runEpoch(learner, options, weights, epoch, progress.step);
      const logits = step === 'cancelled' ? undefined : await learner.predict(options.signal);
      if (step === 'cancelled' || logits === undefined) return endOf('cancelled', progress);
      const read = learner.read();
      const figures = measure(logits, options, weights, learner.penalty(read.parameters), epoch);
      progress = advance(progress, settings, epoch, step, read, figures);
      await options.onEpoch({ ...figures, elapsedMs: performance.now() - startMs }, { ...progress, fingerprint });
    }
  } finally {
    learner.dispose();
  }
  return ended(progress);
}

function untrained(parameters: Weights): Progress {
  const zeros = zerosLike(parameters);
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

export function zerosLike(weights: Weights): Weights {
  return new Map(
    [...weights].map(([name, { shape, data }]): [string, WeightArray] => [
      name,
      { shape, data: new Float32Array(data.length) },
    ]),
  );
}

function isFinished({ epoch, watch }: Progress, { epochs, earlyStopping }: LoopSettings): boolean {
  return epoch >= epochs || shouldStop(watch, earlyStopping.patience);
}

/** @returns updates made so far, or `cancelled` when the signal came before the epoch was complete */
async function runEpoch(
  learner: Learner,
  { settings, trainLabels, signal, onBatch }: LoopOptions,
  weights: readonly number[],
  epoch: number,
  stepsBefore: number,
): Promise<number | 'cancelled'> {
  const { batchSize, learningRate: base, schedule, epochs, seed } = settings;
  const order = shuffledRows(trainLabels.length, seed, epoch);
  const learningRate = learningRateAt(schedule, base, epoch, epochs);
  const batches = Math.ceil(order.length / batchSize);
  let step = stepsBefore;
  for (let batch = 0; batch < batches; batch++) {
    // A turn of the event loop for each batch lets a message that cancels come in.
    await nextTurn();
    if (signal?.aborted) return 'cancelled';
    step += 1;
    const rows = order.slice(batch * batchSize, (batch + 1) * batchSize);
    const made = batchOf(rows, trainLabels, weights, settings, epoch, step, learningRate);
    const stepping = learner.step(made);
    if (stepping !== undefined) await stepping;
    onBatch?.(epoch, batch + 1, batches);
  }
  return step;
}

function shuffledRows(count: number, seed: number, epoch: number): Int32Array {
  const rows = Array.from({ length: count }, (_, i) => i);
  return Int32Array.from(randomFrom(seed, 'shuffle', epoch).shuffled(rows));
}

function batchOf(
  rows: Int32Array,
  trainLabels: Int32Array,
  weights: readonly number[],
  { seed, mixup, labelSmoothing }: LoopSettings,
  epoch: number,
  step: number,
  learningRate: number,
): LoopBatch {
  const blend = mixup === 0 ? undefined : blendOf(mixup, rows.length, seed, epoch, step);
  const labels = rows.map((row) => trainLabels[row] ?? 0);
  return { epoch, step, rows, blend, learningRate, ...batchTargets(labels, weights, labelSmoothing, blend) };
}

function measure(
  logits: PartLogits,
  { settings, trainLabels, validationLabels, measured }: LoopOptions,
  weights: readonly number[],
  penalty: number,
  epoch: number,
): Omit<EpochMetrics, 'elapsedMs'> {
  const { learningRate, schedule, epochs } = settings;
  const measuredLabels = measured.map((row) => trainLabels[row] ?? -1);
  const train = partMetrics(logits.train, measuredLabels, weights);
  const validation: PartMetrics | undefined =
    logits.validation && partMetrics(logits.validation, validationLabels, weights);
  const loss = train.loss + penalty;
  if (!Number.isFinite(loss) || !Number.isFinite(validation?.loss ?? 0)) {
    throw new HilumError('training/diverged', { loss: String(loss), epoch });
  }
  return {
    epoch,
    learning_rate: learningRateAt(schedule, learningRate, epoch, epochs),
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
  { earlyStopping: { metric } }: LoopSettings,
  epoch: number,
  step: number,
  read: NetworkState,
  figures: Omit<EpochMetrics, 'elapsedMs'>,
): Progress {
  const watched = metric === 'loss' ? figures.validation_loss : figures.validation_balanced_accuracy;
  const watch = watchEpoch(before.watch, metric, watched, epoch);
  const bestParameters = watch.bestEpoch === epoch ? read.parameters : before.bestParameters;
  return { epoch, step, watch, ...read, bestParameters };
}

function endOf(outcome: LoopEnd['outcome'], { watch, epoch, bestParameters }: Progress): LoopEnd {
  return { outcome, bestEpoch: watch.bestEpoch, epochs: epoch, weights: bestParameters };
}
