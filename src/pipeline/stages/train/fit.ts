import type { WeightedNetwork } from '../../domain/network.ts';
import type { TrainingPreset } from '../../domain/params.ts';
import type { StageContext } from '../context.ts';
import { fitHead } from './fit-head.ts';
import { fitNetwork } from './fit-network.ts';
import type { Study } from './study.ts';

/** What one fit learns from, and who listens. */
export interface Fit {
  /** 0: the model itself; 1..k: a cross-validation fold. */
  readonly fold: number;
  /** Indices into study.rows. */
  readonly trainRows: Int32Array;
  /** May be empty: then nothing is watched and the last epoch counts. */
  readonly validationRows: Int32Array;
  readonly context: StageContext;
  /** @param epochs done, with a fraction of the one that runs */
  readonly onProgress?: (epochs: number, ofEpochs: number) => void;
}

/** A trained model before it is sealed. */
export interface FittedModel {
  /** stopped: it rests at `study.stopAfter`. */
  readonly outcome: 'completed' | 'cancelled' | 'stopped';
  /** Epoch whose weights these are; 0: cancelled before the first epoch was complete. */
  readonly bestEpoch: number;
  /** Epochs that are complete. */
  readonly epochs: number;
  /** Best epoch of the head that fine-tuning started from; undefined where it started from random numbers, and for a head alone. */
  readonly warmEpochs?: number | undefined;
  readonly trainImages: number;
  /** Weight of each class in the loss. */
  readonly classWeights: readonly number[];
  /** The whole network, head and softmax included, for raw pixels as the contract gives them. */
  readonly network: WeightedNetwork;
  /** Probabilities that the model as it will serve gives to images of the study. @param rows indices into study.rows */
  answers(rows: Int32Array): Promise<readonly (readonly number[])[]>;
}

const fits: Record<TrainingPreset, (study: Study, fit: Fit) => Promise<FittedModel>> = {
  head: fitHead,
  'top-blocks': fitNetwork,
  all: fitNetwork,
};

/** Trains what `training.preset` says; equal study and rows give byte-equal weights, over any number of interruptions. */
export function fitModel(study: Study, fit: Fit): Promise<FittedModel> {
  return fits[study.params.training.preset](study, fit);
}
