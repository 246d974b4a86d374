import type { WeightedNetwork, Weights } from '../domain/network.ts';
import type { Params } from '../domain/params.ts';
import type { NetworkFacts } from './fingerprint.ts';
import type { HeadData, HeadParams } from './head-types.ts';
import type { LoopEnd, LoopOptions } from './loop-types.ts';

export type FineTuningParams = HeadParams & Pick<Params, 'fine_tuning' | 'augmentation'>;

/** Pictures of the study as a network takes them: [rows, size, size, 3], new arrays each time. */
export interface PictureSource {
  /** As training sees them in an epoch, augmented. @param images indices into the study */
  augmented(images: Int32Array, epoch: number): Promise<Float32Array>;
  /** As the model serves. */
  plain(images: Int32Array): Promise<Float32Array>;
}

export interface FineTuneOptions
  extends Pick<LoopOptions, 'resumeFrom' | 'signal' | 'stopAfter' | 'onEpoch' | 'onBatch'> {
  /** With its head, warm or untrained. */
  readonly network: WeightedNetwork;
  /** Names of the weights that train, in groups from the head down. */
  readonly groups: readonly (readonly string[])[];
  readonly data: Pick<HeadData, 'labels' | 'classes' | 'trainRows' | 'validationRows'>;
  /** Length of the feature vector that the head reads. */
  readonly dimensions: number;
  readonly pictures: PictureSource;
  readonly params: FineTuningParams;
  /** L2 penalty of the head's kernels on features as they are. */
  readonly l2: number;
  readonly facts: NetworkFacts;
}

export interface FineTuned extends Omit<LoopEnd, 'weights'> {
  /** Of the whole network, the frozen ones included. */
  readonly weights: Weights;
}
