import { z } from 'zod';
import { cropRules, paddingRules, resizeRules, windowSchema } from './contract.ts';
import { domains } from './image.ts';

export const splitStrategies = ['holdout', 'k-fold', 'leave-one-group-out', 'random-slices'] as const;
export type SplitStrategy = (typeof splitStrategies)[number];

const fraction = z.number().min(0).max(0.9);
const similarity = z.number().min(0).max(1);

/** params.yaml: how a study is done. Every key has a default, an unknown key is an error. */
export const paramsSchema = z.strictObject({
  /** Seed of every random choice, at least 1 (0 means "random" in TensorFlow.js). */
  seed: z.int().min(1).default(7),
  scans: z
    .strictObject({
      /** Images whose 48x48 thumbnails correlate at least so much belong to one scan. */
      same_scan: similarity.default(0.93),
      /** A scan of one or two images joins the patient group of the most similar scan from this correlation on. */
      stray: similarity.default(0.5),
      /** Thumbnails that correlate at least so much across a split are reported as a leak. */
      near_duplicate: similarity.default(0.995),
    })
    .prefault({}),
  image: z
    .strictObject({
      /** auto: the one domain of the dataset. A list allows exactly those; two must be asked for. */
      domains: z.union([z.literal('auto'), z.array(z.enum(domains)).min(1)]).default('auto'),
      windows: z
        .union([z.tuple([windowSchema]), z.tuple([windowSchema, windowSchema, windowSchema])])
        .default([{ center: 40, width: 400 }]),
      crop: z.enum(cropRules).default('body'),
      padding: z.enum(paddingRules).default('none'),
      resize: z.enum(resizeRules).default('area'),
      size: z.int().min(32).max(1024).default(224),
    })
    .prefault({}),
  split: z
    .strictObject({
      strategy: z.enum(splitStrategies).default('holdout'),
      /** Share of the images, by patient group, that early stopping watches. */
      validation: fraction.default(0.2),
      /** Share of the images, by patient group, that only evaluate sees (holdout). */
      test: fraction.default(0.2),
      folds: z.int().min(2).max(50).default(5),
    })
    .prefault({}),
  backbone: z
    .strictObject({
      name: z.string().default('efficientnet-lite0'),
      /** Folder of a tfjs layers-model with the weights; not needed for a backbone that is shipped. */
      weights: z.string().optional(),
      /** Feature levels that feed the head, pooled and joined. */
      features: z.array(z.string()).min(1).default(['block3', 'block5', 'top']),
    })
    .prefault({}),
  head: z
    .strictObject({
      dropout: z.number().min(0).max(0.9).default(0.2),
      /** Units of a hidden layer with ReLU; 0 for none. */
      hidden: z.int().min(0).max(4096).default(0),
    })
    .prefault({}),
  training: z
    .strictObject({
      epochs: z.int().min(1).max(10_000).default(30),
      batch_size: z.int().min(1).max(4096).default(32),
      learning_rate: z.number().positive().max(1).default(0.001),
      schedule: z.enum(['constant', 'cosine', 'step']).default('cosine'),
      /** L2 penalty on kernels: loss += l2 * sum(kernel^2). */
      l2: z.number().min(0).max(1).default(0.01),
      /** balanced: images weigh inversely to the size of their class. */
      class_weights: z.enum(['balanced', 'none']).default('balanced'),
      early_stopping: z
        .strictObject({
          /** Epochs without improvement on the validation part before training stops; 0 never stops. */
          patience: z.int().min(0).default(12),
          metric: z.enum(['loss', 'balanced_accuracy']).default('loss'),
        })
        .prefault({}),
    })
    .prefault({}),
  evaluation: z
    .strictObject({
      /** Bootstrap resamples over patient groups. */
      resamples: z.int().min(100).max(100_000).default(2000),
      /** How slices vote for their scan. */
      scan_vote: z.enum(['mean', 'majority']).default('mean'),
      /** Below this probability an answer is marked for review. */
      review_below: z.number().min(0).max(1).default(0.5),
    })
    .prefault({}),
});
export type Params = z.infer<typeof paramsSchema>;

/** config.yaml: what a study is about. */
export const configSchema = z.strictObject({
  /** Folder, zip file or https address that `ingest` reads without an argument. */
  source: z.string().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
    .optional(),
  /** Class names in the order of the network's outputs; left out: the folder names, sorted. */
  classes: z.array(z.string().min(1)).min(2).optional(),
  /** What the images are, in one sentence; goes into the model's card. */
  description: z.string().min(1).max(300).optional(),
  /** CSV `file,class[,scan][,group]` that says what folder names do not. */
  labels: z.string().optional(),
  /** Folder for what the stages make, below the workspace. */
  artifacts: z.string().default('artifacts'),
});
export type Config = z.infer<typeof configSchema>;
