export { loadLatestCheckpoint, saveCheckpoint } from './checkpoint.ts';
export { type ClassWeightRule, classWeights } from './class-weights.ts';
export { type FeatureCache, openFeatureCache } from './feature-cache.ts';
export { trainHead } from './head.ts';
export { headProbabilities } from './head-probabilities.ts';
export type {
  EpochMetrics,
  HeadCheckpoint,
  HeadData,
  HeadParams,
  HeadWeights,
  TrainedHead,
  TrainHeadOptions,
} from './head-types.ts';
export { learningRateAt, type ScheduleName } from './schedule.ts';
export type { DenseWeights } from './standardisation.ts';
export { engineVersion, loadTensorFlow, type TensorFlow } from './tensorflow.ts';
