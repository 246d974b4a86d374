import { z } from 'zod';
import { cardSheetSchema } from './card/report.ts';
import { userFactsSchema } from './card/user-facts.ts';
import { recordedDuelSchema } from './duel.ts';
import { paramsSchema } from './params.ts';
import { runsReportSchema } from './runs-report.ts';
import { testSetSchema } from './test-set.ts';

/** Absolute folders of a workspace. */
export const workspacePathsSchema = z.object({
  root: z.string(),
  /** What stages make and people read: manifest, split, models, metrics. */
  artifacts: z.string(),
  /** `.hilum`: records, caches, checkpoints, temporary files. */
  state: z.string(),
});
export type WorkspacePaths = z.infer<typeof workspacePathsSchema>;

const study = { workspace: workspacePathsSchema, params: paramsSchema };

export const ingestInputSchema = z.object({
  ...study,
  /** Folder, zip or https address. */
  source: z.string(),
  /** The same as the dataset notes it, relative to the workspace where it can be; left out: as it is. */
  writtenSource: z.string().optional(),
  sha256: z.string().optional(),
  /** Absolute path of a label table. */
  labels: z.string().optional(),
  classes: z.array(z.string()).optional(),
});
export type IngestInput = z.infer<typeof ingestInputSchema>;

export const splitInputSchema = z.object({
  ...study,
  /** Only look for leaks in the split that is there. */
  checkOnly: z.boolean(),
});
export type SplitInput = z.infer<typeof splitInputSchema>;

export const prepareInputSchema = z.object({ ...study, classes: z.array(z.string()).optional() });
export type PrepareInput = z.infer<typeof prepareInputSchema>;

export const trainInputSchema = z.object({
  ...study,
  runId: z.string(),
  /** Go on from the last checkpoint of this run. */
  resume: z.boolean(),
  allowLeak: z.boolean(),
  /**
   * A rung of a sweep: training rests when so many epochs are behind it, unless it ended before, and goes on from there the
   * next time. What held-out groups say by then is measured.
   */
  stopAfter: z.int().min(1).optional(),
  codeVersion: z.string(),
  /** Name of the model in its card and in reports; left out: what it is made of. */
  title: z.string().optional(),
  /** What it learned from, in one sentence, for its card. */
  trainedOn: z.string(),
  /** `card:` of config.yaml. */
  userFacts: userFactsSchema.optional(),
});
export type TrainInput = z.infer<typeof trainInputSchema>;

export const evaluateInputSchema = z.object({
  ...study,
  /** The test part and how often it was opened before; null where figures come from held-out folds. */
  testSet: testSetSchema.nullable().default(null),
});
export type EvaluateInput = z.infer<typeof evaluateInputSchema>;

export const classifyInputSchema = z.object({
  /** Folder of a sealed model. */
  model: z.string(),
  /** File whose slots name the items in work (see blackBoxSlots). */
  blackBox: z.string(),
  /** Root hash that the model's seal must have. */
  seal: z.string().optional(),
  /** Overrides the model's own review threshold. */
  reviewBelow: z.number().min(0).max(1).optional(),
});
export type ClassifyInput = z.infer<typeof classifyInputSchema>;

export const reportInputSchema = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('batch').optional(),
    /** JSON that `classify --out x.json` writes. */
    batch: z.string(),
    /** HTML file to write. */
    out: z.string(),
  }),
  z.object({ of: z.literal('runs'), runs: runsReportSchema, out: z.string() }),
  z.object({ of: z.literal('duel'), duel: recordedDuelSchema, out: z.string() }),
  z.object({ of: z.literal('card'), card: cardSheetSchema, out: z.string() }),
]);
export type ReportInput = z.infer<typeof reportInputSchema>;

export const verifyInputSchema = z.object({
  /** Folder of a sealed model: hashes are checked and the golden self-test is run. */
  model: z.string(),
});
export type VerifyInput = z.infer<typeof verifyInputSchema>;

export const backbonesInputSchema = z.object({
  /** Backbone that weights of the user are configured for. */
  configured: z.string(),
  /** Absolute folder of these weights. */
  weights: z.string().optional(),
});
export type BackbonesInput = z.infer<typeof backbonesInputSchema>;

/** What the `backbones` stage says of each backbone that params.yaml may name. */
export const backboneFactsSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Names of its feature levels, `top` first. */
  features: z.array(z.string()),
  /** Length of each level's vector. */
  dimensions: z.record(z.string(), z.int()),
  /** Its weights are there. */
  ready: z.boolean(),
});
export type BackboneFacts = z.infer<typeof backboneFactsSchema>;

export const speedInputSchema = z.object({
  /** Folder of a sealed model. */
  model: z.string(),
  /** How long to measure, after a warm-up. */
  forMs: z.int().min(1).max(60_000),
});
export type SpeedInput = z.infer<typeof speedInputSchema>;

export const phantomFormats = ['jpeg', 'png', 'dicom', 'nifti', 'mixed'] as const;

export const phantomInputSchema = z.object({
  folder: z.string(),
  /** Scans (patients) a class. */
  scans: z.int().min(1),
  /** Slices a scan. */
  slices: z.int().min(1),
  seed: z.int().min(1),
  size: z.int().min(64).max(1024),
  format: z.enum(phantomFormats),
  masks: z.boolean(),
  /** Instead of scans: a folder of good and broken files for the demo. */
  mixedFolder: z.boolean(),
});
export type PhantomInput = z.infer<typeof phantomInputSchema>;

/** File names below `.hilum` that both the stages and the program around them know. */
export const stateNames = {
  /** The manifest as ingest made it, without hand edits: what differs from it in artifacts/ is a person's work. */
  generatedManifest: 'generated-manifest.csv',
  /** What the dataset was made from, so that an ingest of the same can leave it. */
  lastIngest: 'last-ingest.json',
  features: 'cache/features',
} as const;

/** File names below `artifacts/`. */
export const artifactNames = {
  manifest: 'dataset/manifest.csv',
  refused: 'dataset/refused.csv',
  duplicates: 'dataset/duplicates.csv',
  summary: 'dataset/summary.json',
  source: 'dataset/source.json',
  split: 'split.csv',
  baseModel: 'base-model',
  model: 'model',
  outOfFold: 'out-of-fold.csv',
  training: 'training.json',
  metrics: 'metrics.json',
  predictions: 'predictions.csv',
  plots: 'plots',
  report: 'report.html',
  suspects: 'suspects.csv',
} as const;
