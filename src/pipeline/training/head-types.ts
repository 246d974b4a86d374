import type { Params } from '../domain/params.ts';
import type { LoopEnd, LoopOptions } from './loop-types.ts';
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

export interface TrainHeadOptions
  extends HeadData,
    Pick<LoopOptions, 'resumeFrom' | 'signal' | 'stopAfter' | 'onEpoch' | 'onBatch'> {
  readonly params: HeadParams;
}

/** A head for raw features; the standardisation is folded in. */
export interface HeadWeights {
  /** With ReLU. */
  readonly hidden?: DenseWeights;
  /** With softmax. */
  readonly dense: DenseWeights;
}

export interface TrainedHead extends Omit<LoopEnd, 'weights'> {
  readonly weights: HeadWeights;
}
