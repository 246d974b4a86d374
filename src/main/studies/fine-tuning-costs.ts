import type { Params } from '../../pipeline/domain/params.ts';
import type { Probe, TrainingCost } from '../../pipeline/domain/training-cost.ts';
import { fewestEpochs } from './fewest-epochs.ts';
import type { UsedSpeeds } from './guessed-speeds.ts';
import type { StudySize } from './study-size.ts';

/** What fine-tuning adds to a run. */
export interface FineTuningCosts {
  readonly seconds: { readonly low: number; readonly high: number };
  readonly peakMb: number;
  /** What one image of a batch adds to the peak. */
  readonly mbPerImage: number;
  readonly basis: string;
}

/** A head alone. */
export const nothingFineTuned: FineTuningCosts = { seconds: { low: 0, high: 0 }, peakMb: 0, mbPerImage: 0, basis: '' };

interface Work {
  readonly params: Params;
  readonly size: StudySize;
  readonly cost: TrainingCost;
  readonly speeds: UsedSpeeds;
  readonly availableMb: number;
  /** Of the whole dataset. */
  readonly images: number;
  /** undefined: nothing was measured for just these settings. */
  readonly probe: Probe | undefined;
  /** Memory that a run needs besides what a probe sees. */
  readonly otherMb: number;
}

/** The truth may be so many times more or less. */
const doubts = { probed: 1.3, guessed: 4 } as const;
/** A step without its own probe: forward, backward and update, as a multiple of the forward pass of one core. */
const stepOfForward = 4;
/** TensorFlow and the program. */
const engineMb = 500;
/** ONNX Runtime while the model answers and is sealed: what TensorFlow holds is not given back before. Measured at 224 pixels: 390 to 900 MB. */
const sealingMb = 600;
/** Maps of the reverse pass, as a multiple of the values that they hold: gradients, copies and the allocator's gaps. */
const mapsFactor = 1.6;
/** Weights with their moments, gradients and the copies on the way to a checkpoint, in bytes for each that trains. */
const bytesOfTrained = 48;
/** Training images that an epoch is measured on, at most. */
const measuredImages = 256;
/** Checkpoints on a slow disk, hash included. */
const checkpointMbPerSecond = 150;
const mebibyte = 2 ** 20;

export function fineTuningCosts(work: Work): FineTuningCosts {
  const { params, size, cost, probe } = work;
  const speed = probe ?? guessedProbe(work);
  const kind = probe === undefined ? 'guessed' : 'probed';
  const { epochs } = params.fine_tuning;
  const fewest = fewestEpochs(epochs, size, params.training.early_stopping.patience);
  return {
    seconds: {
      low: fitSeconds(work, speed, fewest, true) / doubts[kind],
      high: fitSeconds(work, speed, epochs, false) * doubts[kind],
    },
    peakMb: speed.peakMb + sealingMb + work.otherMb + picturesMb(work) + (bytesOfTrained * cost.trainable) / mebibyte,
    mbPerImage: mapsFactor * cost.mapsMb,
    basis: basisOf(params, probe),
  };
}

/** All fits: the model itself, and one for each fold with its answers. @param watches cross-validation watches what it may */
function fitSeconds(
  { params, size, cost, speeds, images }: Work,
  probe: Probe,
  epochs: number,
  watches: boolean,
): number {
  const { batch_size } = params.fine_tuning;
  const epochMs = (trained: number, watched: number): number =>
    Math.ceil(trained / batch_size) * probe.stepMs + (Math.min(measuredImages, trained) + watched) * probe.predictMs;
  const checkpointMs = (1000 * 16 * cost.trainable) / mebibyte / checkpointMbPerSecond;
  const folds = size.fits - 1;
  if (folds === 0) {
    const training = epochs * (epochMs(size.training, size.watchedImages) + checkpointMs);
    const decoding = (size.training + size.watchedImages) * probe.decodeMs;
    return (probe.startMs + training + decoding) / 1000 + size.watchedImages / speeds.evaluate;
  }
  const ofFold = (images * (folds - 1)) / folds;
  const watched = watches ? size.watchedImages : 0;
  const inFolds = folds * epochs * (epochMs(ofFold - watched, watched) + checkpointMs);
  const model = epochs * (epochMs(images, 0) + checkpointMs);
  return (probe.startMs + inFolds + model + images * probe.decodeMs) / 1000 + images / speeds.evaluate;
}

function guessedProbe({ params, cost, speeds }: Work): Probe {
  const predictMs = 1000 / speeds.features;
  return {
    startMs: 3000,
    stepMs: params.fine_tuning.batch_size * stepOfForward * predictMs,
    predictMs,
    decodeMs: predictMs / 2,
    peakMb: engineMb + params.fine_tuning.batch_size * mapsFactor * cost.mapsMb + (4 * 4 * cost.parameters) / mebibyte,
  };
}

/** 2 bytes a pixel, until a quarter of the free memory is taken. */
function picturesMb({ params, images, availableMb }: Work): number {
  return Math.min((2 * params.image.windows.length * images * params.image.size ** 2) / mebibyte, availableMb / 4);
}

function basisOf({ backbone, image, training, fine_tuning }: Params, probe: Probe | undefined): string {
  if (probe === undefined) {
    return `No step of ${backbone.name} was timed with these settings on this machine yet: a cautious guess until the probe at the start of the run.`;
  }
  return `A probe on this machine: ${Math.round(probe.stepMs)} ms a step of ${fine_tuning.batch_size} images at ${image.size} pixels, preset ${training.preset}.`;
}
