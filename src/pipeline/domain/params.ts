import { z } from 'zod';
import { userFactsSchema } from './card/user-facts.ts';
import { cropRules, paddingRules, resizeRules, windowSchema } from './contract.ts';
import { domains } from './image.ts';
import { registryPolicySchema } from './registry.ts';
import { trackingSchema } from './tracking.ts';

export const splitStrategies = ['holdout', 'k-fold', 'leave-one-group-out', 'random-slices'] as const;
export type SplitStrategy = (typeof splitStrategies)[number];

const fraction = z.number().min(0).max(0.9);
const similarity = z.number().min(0).max(1);

const scans = z.strictObject({
  same_scan: similarity
    .default(0.93)
    .describe('Images whose 48x48 thumbnails correlate at least so much belong to one scan.'),
  stray: similarity
    .default(0.5)
    .describe('A scan of one or two images joins the patient group of the most similar scan from this correlation on.'),
  near_duplicate: similarity
    .default(0.995)
    .describe('Thumbnails that correlate at least so much across a split are reported as a leak.'),
});

const image = z.strictObject({
  domains: z
    .union([z.literal('auto'), z.array(z.enum(domains)).min(1)])
    .default('auto')
    .describe('auto: the one domain of the dataset. A list allows exactly those; two must be asked for.'),
  windows: z
    .union([z.tuple([windowSchema]), z.tuple([windowSchema, windowSchema, windowSchema])])
    .default([{ center: 40, width: 400 }])
    .describe('Hounsfield windows: one for all three channels, or three for one channel each.'),
  crop: z.enum(cropRules).default('body').describe('body: crop to the body. none: keep the whole picture.'),
  padding: z.enum(paddingRules).default('none').describe('none: stretch to the input size. square: pad first.'),
  resize: z
    .enum(resizeRules)
    .default('area')
    .describe('area: antialiased box average. bilinear: antialiased triangle. nearest: pixel centres.'),
  size: z.int().min(32).max(1024).default(224).describe("Height and width of the network's input in pixels."),
});

const split = z.strictObject({
  strategy: z
    .enum(splitStrategies)
    .default('holdout')
    .describe(
      'holdout: train, validation and test. k-fold: every image is held out once. leave-one-group-out: one patient group a fold. random-slices: leaks; for comparison only.',
    ),
  validation: fraction
    .default(0.2)
    .describe(
      'Share of the images, by patient group, that early stopping watches. Cross-validation watches none where a class would keep fewer than 4 patient groups to train on.',
    ),
  test: fraction
    .default(0.2)
    .describe('Share of the images, by patient group, that only the evaluation sees (holdout).'),
  folds: z.int().min(2).max(50).default(5).describe('Number of folds (k-fold).'),
});

const backbone = z.strictObject({
  name: z
    .string()
    .default('efficientnet-lite0')
    .describe(
      'Pretrained network. efficientnet-lite0 is shipped with ImageNet weights; mobilenet-v2 and vgg16 need weights of yours; imported: what `hilum models import --as backbone` made.',
    ),
  weights: z
    .string()
    .optional()
    .describe('Folder of a tfjs layers-model with the weights; not needed for a backbone that is shipped.'),
  features: z
    .array(z.string())
    .min(1)
    .default(['block3', 'block4', 'block5'])
    .describe('Feature levels that feed the head, pooled and joined. The network is cut after the last of them.'),
});

const head = z.strictObject({
  dropout: z.number().min(0).max(0.9).default(0.2).describe('Share of the features that is dropped while training.'),
  hidden: z.int().min(0).max(4096).default(0).describe('Units of a hidden layer with ReLU; 0 for none.'),
});

const earlyStopping = z.strictObject({
  patience: z
    .int()
    .min(0)
    .default(12)
    .describe('Epochs without improvement on the validation part before training stops; 0 never stops.'),
  metric: z.enum(['loss', 'balanced_accuracy']).default('loss').describe('What has to improve.'),
});

/** What a run trains: the head on cached features, the last blocks of the backbone with it, or everything. */
export const trainingPresets = ['head', 'top-blocks', 'all'] as const;
export type TrainingPreset = (typeof trainingPresets)[number];

const training = z.strictObject({
  preset: z
    .enum(trainingPresets)
    .default('head')
    .describe(
      'head: the classifier alone, on cached features. top-blocks: the last blocks of the backbone too. all: every layer.',
    ),
  epochs: z.int().min(1).max(10_000).default(30).describe('Passes over the training part, at most.'),
  batch_size: z.int().min(1).max(4096).default(32).describe('Images a step.'),
  learning_rate: z
    .number()
    .positive()
    .max(1)
    .default(0.001)
    .describe('Step size of the optimiser (Adam) at the start.'),
  schedule: z.enum(['constant', 'cosine', 'step']).default('cosine').describe('How the learning rate falls.'),
  l2: z.number().min(0).max(10).default(0.5).describe('L2 penalty on kernels: loss += l2 * sum(kernel^2).'),
  class_weights: z
    .enum(['balanced', 'none'])
    .default('balanced')
    .describe('balanced: images weigh inversely to the size of their class. none: all the same.'),
  label_smoothing: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('Share of each target that is spread evenly over all classes.'),
  early_stopping: earlyStopping.prefault({}).describe('When training ends before the last epoch.'),
});

const fineTuning = z.strictObject({
  blocks: z
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('Blocks of the backbone that top-blocks trains, counted from the last one.'),
  epochs: z.int().min(1).max(1000).default(3).describe('Passes over the training part, at most.'),
  batch_size: z.int().min(1).max(512).default(16).describe('Images a step.'),
  learning_rate: z.number().positive().max(1).default(0.00002).describe('Step size of the optimiser at the start.'),
  layer_decay: z
    .number()
    .min(0.1)
    .max(1)
    .default(1)
    .describe('Discriminative learning rates: each block learns at this share of the rate of the block above it.'),
  unfreeze_every: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'Gradual unfreezing: epochs before the next lower block joins; 0 trains all chosen blocks from the start.',
    ),
  warm_start: z
    .boolean()
    .default(true)
    .describe('Train the head on cached features first, so that random weights do not spoil the backbone.'),
  mixup: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Alpha of mixup (pairs of images blended with their targets); 0 for none.'),
});

const augmentation = z.strictObject({
  shift: z.number().min(0).max(0.5).default(0.05).describe("Largest shift, as a share of the picture's side."),
  rotation: z.number().min(0).max(45).default(7).describe('Largest rotation, degrees either way.'),
  scale: z.number().min(0).max(0.5).default(0.08).describe('Largest change of size either way, as a share.'),
  window: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe('Window jitter: largest change of centre and width, as a share of the width.'),
  noise: z
    .number()
    .min(0)
    .max(64)
    .default(3)
    .describe('Largest standard deviation of added noise, in grey levels of 255.'),
  cut_out: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe("Largest side of a square set to black, as a share of the picture's side."),
  flip: z.boolean().default(false).describe('Mirror left and right. Off: the side of an organ carries meaning in CT.'),
});

const answering = z.strictObject({
  by: z
    .enum(['probability', 'coverage', 'accuracy'])
    .default('probability')
    .describe(
      'How the threshold between answer and review is chosen. probability: evaluation.review_below. coverage, accuracy: so that held-out patient groups reach the target.',
    ),
  target: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe('Share of images to be answered (coverage), or share of answers to be right (accuracy).'),
  conformal_error: z
    .number()
    .min(0.01)
    .max(0.5)
    .default(0.1)
    .describe('Class-wise conformal sets leave out the true class at most this often.'),
  gate_refusals: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.05)
    .describe('Out-of-distribution gate: share of held-out images of this kind that it may refuse; 0 switches it off.'),
});

const validation = z.strictObject({
  folds: z.int().min(2).max(50).default(3).describe('Folds of the grouped cross-validation of `validate`.'),
  repeats: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('How often it is repeated, each time with other folds and seeds.'),
});

const evaluation = z.strictObject({
  resamples: z
    .int()
    .min(100)
    .max(100_000)
    .default(10_000)
    .describe('Bootstrap resamples over patient groups for the 95 % intervals.'),
  scan_vote: z
    .enum(['mean', 'majority'])
    .default('mean')
    .describe('How slices vote for their scan. mean: average of the probabilities. majority: most frequent class.'),
  review_below: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Below this probability an answer is marked for review.'),
});

/**
 * params.yaml: how a study is done. Every key has a default, an unknown key is an error. The descriptions are the help
 * texts of the form that is generated from this schema.
 */
export const paramsSchema = z.strictObject({
  // 0 means "random" in TensorFlow.js.
  seed: z.int().min(1).default(7).describe('Seed of every random choice, 1 or more.'),
  scans: scans
    .prefault({})
    .describe(
      'Which images belong to one scan, and which scans to one patient group. Takes effect at the next ingest.',
    ),
  image: image
    .prefault({})
    .describe("The preprocessing contract: how a picture becomes the network's numbers. It is sealed into the model."),
  split: split.prefault({}).describe('How patient groups are divided.'),
  backbone: backbone.prefault({}).describe('The pretrained network, without its top.'),
  head: head.prefault({}).describe('The classifier that is trained on its features.'),
  training: training.prefault({}).describe('What is trained, and how the head is.'),
  fine_tuning: fineTuning.prefault({}).describe('How the backbone is trained (top-blocks, all).'),
  augmentation: augmentation
    .prefault({})
    .describe(
      'What training does to each picture, anew each epoch (top-blocks, all). Nothing of it happens when the model serves.',
    ),
  answering: answering.prefault({}).describe('When the model answers, asks for review or refuses.'),
  validation: validation.prefault({}).describe('The protocol of `validate`.'),
  evaluation: evaluation.prefault({}).describe('How the held-out part is measured.'),
});
export type Params = z.infer<typeof paramsSchema>;

/** config.yaml: what a study is about. */
export const configSchema = z.strictObject({
  source: z.string().optional().describe('Folder, zip file or https address that `ingest` reads without an argument.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
    .optional()
    .describe('SHA-256 of a download, 64 hexadecimal digits; needed when the source is an address.'),
  classes: z
    .array(z.string().min(1))
    .min(2)
    .optional()
    .describe("Class names in the order of the network's outputs; left out: the folder names, sorted."),
  description: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe("What the images are, in one sentence; goes into the model's card."),
  labels: z.string().optional().describe('CSV `file,class[,scan][,group]` that says what folder names do not.'),
  card: userFactsSchema.optional().describe("What only people know of the study; goes into the model's card."),
  registry: registryPolicySchema.prefault({}).describe('What a model must show before it may be champion.'),
  tracking: trackingSchema.optional().describe('MLflow server that runs are sent to.'),
  artifacts: z.string().default('artifacts').describe('Folder for what the stages make, below the workspace.'),
});
export type Config = z.infer<typeof configSchema>;
