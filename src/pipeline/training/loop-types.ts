import type { Weights } from '../domain/network.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Params } from '../domain/params.ts';
import type { WatchState } from './early-stopping.ts';
import type { NetworkState } from './network-types.ts';

/** What a run was started with: name in words → hash or value. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Everything that training needs to go on as if it had never stopped. */
export interface Checkpoint extends NetworkState {
  readonly fingerprint: Fingerprint;
  /** Epochs that are complete. */
  readonly epoch: number;
  /** Updates made so far. */
  readonly step: number;
  readonly watch: WatchState;
  readonly bestParameters: Weights;
}

/**
 * Figures after an epoch, from predictions without dropout and without augmentation. `loss` is the class-weighted mean
 * cross-entropy plus the L2 penalty; `validation_loss` is the same on the validation part. The head is measured on its whole
 * training part, fine-tuning on a fixed sample of it (see `measuredImages`).
 */
export interface EpochMetrics {
  /** 1-based. */
  readonly epoch: number;
  /** Of the head; lower blocks may learn slower. */
  readonly learning_rate: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly balanced_accuracy: number;
  readonly validation_loss: number | null;
  readonly validation_accuracy: number | null;
  readonly validation_balanced_accuracy: number | null;
  readonly elapsedMs: number;
}

/** How the loop goes, whatever learns in it. */
export interface LoopSettings {
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: Params['training']['schedule'];
  readonly classWeights: Params['training']['class_weights'];
  readonly labelSmoothing: number;
  /** Alpha of mixup; 0 for none. */
  readonly mixup: number;
  readonly earlyStopping: Params['training']['early_stopping'];
}

/** Pairs of images of one batch that are blended: image i is `shares[i]` of itself and the rest of `partners[i]`. */
export interface Blend {
  /** Places in the batch. */
  readonly partners: Int32Array;
  readonly shares: Float32Array;
}

/** A batch as the loop makes it. Arrays are handed over: TensorFlow may go on reading them, so none is used twice. */
export interface LoopBatch {
  readonly epoch: number;
  /** 1-based over the whole training. */
  readonly step: number;
  /** Places in the training part. */
  readonly rows: Int32Array;
  readonly blend: Blend | undefined;
  /** [rows, classes] */
  readonly targets: Float32Array;
  /** [rows] */
  readonly rowWeights: Float32Array;
  /** Of this epoch, before Adam's bias correction. */
  readonly learningRate: number;
}

/** Logits without dropout, [rows, classes] each. */
export interface PartLogits {
  /** Of `measured`, in its order. */
  readonly train: Float32Array;
  readonly validation: Float32Array | undefined;
}

/** What the loop trains: the head on its matrix, or a network on pictures. */
export interface Learner {
  /** One update. */
  step(batch: LoopBatch): void | Promise<void>;
  /** undefined when the signal came before the end. */
  predict(signal: AbortSignal | undefined): PartLogits | Promise<PartLogits | undefined>;
  read(): NetworkState;
  /** L2 penalty that is part of the loss. */
  penalty(parameters: Weights): number;
  dispose(): void;
}

export interface LoopOptions {
  readonly settings: LoopSettings;
  readonly classes: number;
  /** Class index of each image of the training part. */
  readonly trainLabels: Int32Array;
  /** May be empty: then nothing is watched and the last epoch counts. */
  readonly validationLabels: Int32Array;
  /** Places in the training part that the figures of an epoch are measured on. */
  readonly measured: Int32Array;
  readonly fingerprint: Fingerprint;
  /** What an untrained learner starts from; its moments are zero. */
  readonly start: Weights;
  readonly resumeFrom?: Checkpoint | undefined;
  /** Honoured after each batch; the batches of the unfinished epoch are dropped. */
  readonly signal?: AbortSignal | undefined;
  /** Epochs after which the loop rests although there are more; the next call goes on from the checkpoint. */
  readonly stopAfter?: number | undefined;
  open(from: NetworkState): Learner | Promise<Learner>;
  /** Between batches, for a progress bar. */
  readonly onBatch?: ((epoch: number, batch: number, batches: number) => void) | undefined;
  /**
   * Called and awaited after each epoch. Store the metrics first and the checkpoint second, the metrics under their epoch's
   * number: a run that is killed in between computes this epoch again, with equal figures.
   */
  readonly onEpoch: (metrics: EpochMetrics, checkpoint: Checkpoint) => Promise<void>;
}

export interface LoopEnd {
  readonly outcome: Extract<Outcome, 'completed' | 'cancelled'> | 'stopped';
  /** Epoch whose weights these are; 0: cancelled before the first epoch was complete, the weights are those of the start. */
  readonly bestEpoch: number;
  /** Epochs that are complete. */
  readonly epochs: number;
  readonly weights: Weights;
}
