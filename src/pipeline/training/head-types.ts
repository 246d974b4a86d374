import type { WeightArray } from '../domain/network.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Params } from '../domain/params.ts';
import type { WatchState } from './early-stopping.ts';
import type { DenseWeights } from './standardisation.ts';

export type HeadParams = Pick<Params, 'seed' | 'head' | 'training'>;

/** Feature vectors with their classes, and which rows train and which are watched. */
export interface HeadData {
  /** [labels.length, dimensions], row-major, raw as the backbone gives them. */
  readonly features: Float32Array;
  readonly dimensions: number;
  /** Class index of each row. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly trainRows: Int32Array;
  /** May be empty: then nothing is watched and the last epoch counts. */
  readonly validationRows: Int32Array;
}

export interface TrainHeadOptions extends HeadData {
  readonly params: HeadParams;
  readonly resumeFrom?: HeadCheckpoint | undefined;
  /** Honoured after each batch; the batches of the unfinished epoch are dropped. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called and awaited after each epoch. Store the metrics first and the checkpoint second, the metrics under their epoch's
   * number: a run that is killed in between computes this epoch again, with equal figures.
   */
  readonly onEpoch: (metrics: EpochMetrics, checkpoint: HeadCheckpoint) => Promise<void>;
}

/**
 * Figures after an epoch, from predictions of whole parts without dropout. `loss` is the class-weighted mean cross-entropy
 * plus the L2 penalty; `validation_loss` is the same on the validation part.
 */
export interface EpochMetrics {
  /** 1-based. */
  readonly epoch: number;
  readonly learning_rate: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly balanced_accuracy: number;
  readonly validation_loss: number | null;
  readonly validation_accuracy: number | null;
  readonly validation_balanced_accuracy: number | null;
  readonly elapsedMs: number;
}

/** What a run was started with: name in words → hash or value. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Everything that training needs to go on as if it had never stopped. */
export interface HeadCheckpoint {
  readonly fingerprint: Fingerprint;
  /** Epochs that are complete. */
  readonly epoch: number;
  /** Updates made so far. */
  readonly step: number;
  readonly watch: WatchState;
  /** One a layer, [inputs + 1, units], the last row is the bias; they take standardised features. */
  readonly parameters: readonly WeightArray[];
  readonly firstMoments: readonly WeightArray[];
  readonly secondMoments: readonly WeightArray[];
  readonly bestParameters: readonly WeightArray[];
}

/** A head for raw features; the standardisation is folded in. */
export interface HeadWeights {
  /** With ReLU. */
  readonly hidden?: DenseWeights;
  /** With softmax. */
  readonly dense: DenseWeights;
}

export interface TrainedHead {
  readonly outcome: Extract<Outcome, 'completed' | 'cancelled'>;
  /** Epoch whose weights these are; 0: cancelled before the first epoch was complete, the weights are untrained. */
  readonly bestEpoch: number;
  /** Epochs that are complete. */
  readonly epochs: number;
  readonly weights: HeadWeights;
}
