import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Weights } from '../domain/network.ts';
import { isHeadNode } from '../domain/node-names.ts';
import { randomFrom } from '../domain/random.ts';
import { featureMask } from './dropout.ts';
import type { FineTuned, FineTuneOptions, FineTuningParams, PictureSource } from './fine-tune-types.ts';
import { networkFingerprint } from './fingerprint.ts';
import { runLoop } from './loop.ts';
import type { Learner, LoopBatch, LoopSettings, PartLogits } from './loop-types.ts';
import { blendRows } from './mixup.ts';
import { openNetworkSession } from './network/session.ts';
import type { NetworkSession, NetworkState, PixelBatch } from './network-types.ts';
import { squares } from './parameters.ts';
import { type RateGroup, rateGroups, ratesAt } from './rates.ts';
import { engineVersion, loadTensorFlow, type TensorFlow } from './tensorflow.ts';

/** Training images that an epoch of fine-tuning is measured on: a fixed, seeded sample, or all where there are fewer. */
export const measuredImages = 256;

/**
 * Trains chosen blocks of a network and its head on augmented pictures, through the same loop as the head.
 * Equal data, parameters and engine give byte-equal weights, also over any number of interruptions.
 * @throws HilumError `training/engine-missing`, `training/changed` (resume), `training/diverged`; what pictures and `onEpoch` throw
 */
export async function fineTune(options: FineTuneOptions): Promise<FineTuned> {
  const { network, groups, data, params, facts, resumeFrom, signal, stopAfter, onBatch, onEpoch } = options;
  const { labels, classes, trainRows, validationRows } = data;
  if (trainRows.length === 0) throw new RangeError('no row to train on');
  const tf = await loadTensorFlow('network');
  const measured = sampleOf(trainRows.length, params.seed);
  const { weights, ...end } = await runLoop({
    settings: fineTuningSettings(params),
    classes,
    trainLabels: trainRows.map((row) => labels[row] ?? -1),
    validationLabels: validationRows.map((row) => labels[row] ?? -1),
    measured,
    fingerprint: networkFingerprint(facts, data, params, engineVersion(tf)),
    start: chosen(network.weights, groups.flat()),
    open: (from) => openNetworkLearner(tf, options, measured, from),
    resumeFrom,
    signal,
    stopAfter,
    onBatch,
    onEpoch,
  });
  return { ...end, weights: new Map([...network.weights, ...weights]) };
}

export function fineTuningSettings({ seed, training, fine_tuning }: FineTuningParams): LoopSettings {
  return {
    seed,
    epochs: fine_tuning.epochs,
    batchSize: fine_tuning.batch_size,
    learningRate: fine_tuning.learning_rate,
    schedule: training.schedule,
    classWeights: training.class_weights,
    labelSmoothing: training.label_smoothing,
    mixup: fine_tuning.mixup,
    earlyStopping: training.early_stopping,
  };
}

function sampleOf(images: number, seed: number): Int32Array {
  const places = Array.from({ length: images }, (_, i) => i);
  if (images <= measuredImages) return Int32Array.from(places);
  return Int32Array.from(randomFrom(seed, 'measured').shuffled(places).slice(0, measuredImages)).sort();
}

function chosen(weights: Weights, names: readonly string[]): Weights {
  return new Map([...weights].filter(([name]) => names.includes(name)));
}

type LearnerOptions = Pick<
  FineTuneOptions,
  'network' | 'groups' | 'data' | 'dimensions' | 'pictures' | 'params' | 'l2'
>;

/** A network with its session as the loop trains it. */
export function openNetworkLearner(
  tf: TensorFlow,
  { network, groups, data, dimensions, pictures, params, l2 }: LearnerOptions,
  measured: Int32Array,
  from: NetworkState,
): Learner {
  const session = openNetworkSession(tf, network, { state: from, trainable: new Set(groups.flat()), l2 });
  const { batch_size } = params.fine_tuning;
  const rates = rateGroups(groups, params.fine_tuning);
  const stepsPerEpoch = Math.ceil(data.trainRows.length / batch_size);
  const measuredImages = measured.map((place) => data.trainRows[place] ?? -1);
  const predict = (images: Int32Array, signal: AbortSignal | undefined) =>
    predictAll(session, pictures, images, batch_size, data.classes, signal);
  return {
    step: async (batch) => {
      const images = batch.rows.map((place) => data.trainRows[place] ?? -1);
      const pixels = await pictures.augmented(images, batch.epoch);
      session.step(pixelBatch(batch, pixels, dimensions, params), ratesOf(rates, batch, stepsPerEpoch));
    },
    predict: async (signal): Promise<PartLogits | undefined> => {
      const train = await predict(measuredImages, signal);
      if (train === undefined || data.validationRows.length === 0) return train && { train, validation: undefined };
      const validation = await predict(data.validationRows, signal);
      return validation && { train, validation };
    },
    read: () => session.read(),
    penalty: (parameters) => (l2 === 0 ? 0 : l2 * squares(headKernels(parameters))),
    dispose: () => session.dispose(),
  };
}

function ratesOf(groups: readonly RateGroup[], { epoch, step, learningRate }: LoopBatch, stepsPerEpoch: number) {
  return ratesAt(groups, learningRate, epoch, step, stepsPerEpoch);
}

function pixelBatch(
  { rows, blend, targets, rowWeights, epoch, step }: LoopBatch,
  pixels: Float32Array,
  dimensions: number,
  { seed, head }: FineTuningParams,
): PixelBatch {
  const { dropout } = head;
  return {
    rows: rows.length,
    pixels: blend === undefined ? pixels : blendRows(pixels, rows.length, blend),
    targets,
    rowWeights,
    mask: dropout === 0 ? undefined : featureMask(dropout, rows.length, dimensions, seed, epoch, step),
  };
}

/** In batches, with a look at the signal before each. */
async function predictAll(
  session: NetworkSession,
  pictures: PictureSource,
  images: Int32Array,
  batchSize: number,
  classes: number,
  signal: AbortSignal | undefined,
): Promise<Float32Array | undefined> {
  const logits = new Float32Array(images.length * classes);
  for (let start = 0; start < images.length; start += batchSize) {
    await nextTurn();
    if (signal?.aborted) return undefined;
    const some = images.slice(start, start + batchSize);
    logits.set(session.predict(await pictures.plain(some), some.length), start * classes);
  }
  return logits;
}

function headKernels(parameters: Weights): Float32Array[] {
  return [...parameters].flatMap(([name, { data }]) => {
    const slash = name.lastIndexOf('/');
    return isHeadNode(name.slice(0, slash)) && name.endsWith('/kernel') ? [data] : [];
  });
}
