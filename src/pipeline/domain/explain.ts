import { z } from 'zod';
import { heatMapSchema } from './heat-map.ts';
import { workspacePathsSchema } from './stage-inputs.ts';
import { trustSchema } from './trust.ts';

/** What a heat map is, wherever one is shown. */
export const heatMapWords = 'Where the model looked: a hint, never evidence.';

/** An image to explain: a file, and one of its frames or all of them. */
const explainedFileSchema = z.object({
  /** Absolute path. */
  path: z.string(),
  /** Its name, for what its extension promises and for what is written. */
  file: z.string(),
  /** 0-based; null: every frame. */
  frame: z.int().min(0).nullable(),
});

export const explainInputSchema = z.object({
  /** Folder of a sealed model. */
  model: z.string(),
  /** What a trust test of this very model found before; counts where none is sealed in. */
  trust: trustSchema.nullable(),
  files: z.array(explainedFileSchema).min(1),
  /** Class to explain; null: the one that the model answers with. */
  class: z.string().nullable(),
  /** Folder for overlay pictures and `explain.json`; null: nothing is written. */
  out: z.string().nullable(),
  /** Whether the network may stay open for the next question. */
  keep: z.boolean(),
});
export type ExplainInput = z.infer<typeof explainInputSchema>;

const answerShape = {
  /** Index of the most probable class. */
  predicted: z.int(),
  probabilities: z.array(z.number()),
  /** Index of the class that is explained. */
  class: z.int(),
};

export const explainedImageSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('explained'),
    image: z.string(),
    ...answerShape,
    /** Natural logarithm of p / (1 - p) of the class. */
    logOdds: z.number(),
    map: heatMapSchema,
    /** Name of the overlay below `out`. */
    overlay: z.string().nullable(),
  }),
  /** The model failed its trust test. */
  z.object({ state: z.literal('withheld'), image: z.string(), ...answerShape }),
  z.object({
    state: z.literal('refused'),
    image: z.string(),
    code: z.string(),
    reason: z.string(),
  }),
]);
export type ExplainedImage = z.infer<typeof explainedImageSchema>;

/** Where the result of the trust test came from. */
export const trustSources = ['sealed', 'recorded', 'measured'] as const;

export const explainReportSchema = z.object({
  seal: z.string(),
  title: z.string(),
  classes: z.array(z.string()),
  trust: trustSchema,
  trustFrom: z.enum(trustSources),
  images: z.array(explainedImageSchema),
});
export type ExplainReport = z.infer<typeof explainReportSchema>;

export const trustInputSchema = z.object({
  /** Folder of a sealed model. */
  model: z.string(),
});
export type TrustInput = z.infer<typeof trustInputSchema>;

export const trustReportSchema = z.object({ seal: z.string(), trust: trustSchema });

/** Neighbours that are shown of one image. */
export const neighbourCount = 5;

export const neighboursInputSchema = z.object({
  model: z.string(),
  workspace: workspacePathsSchema,
  /** training.json of the run that made the model. */
  training: z.string(),
  files: z.array(explainedFileSchema).min(1),
  /** Features of training images that are not cached may be extracted, which reads these images. */
  extract: z.boolean(),
  keep: z.boolean(),
});
export type NeighboursInput = z.infer<typeof neighboursInputSchema>;

const neighbourSchema = z.object({
  /** Name in the manifest. */
  image: z.string(),
  class: z.string(),
  scan: z.string(),
  group: z.string(),
  /** Cosine distance of standardised features: 0 alike, 1 unrelated, 2 opposite. */
  distance: z.number().min(0).max(2),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

/** How the image's own scan and patient were told, so that they could be left out. */
export const ownScanSources = ['dataset', 'metadata', 'unknown'] as const;

export const neighboursReportSchema = z.object({
  seal: z.string(),
  /** Training images that were compared, and their patient groups. */
  compared: z.object({ images: z.int(), groups: z.int() }),
  images: z.array(
    z.object({
      image: z.string(),
      ownScan: z.enum(ownScanSources),
      neighbours: z.array(neighbourSchema),
      /** Why there are none: the file cannot be read. */
      reason: z.string().nullable(),
    }),
  ),
});
export type NeighboursReport = z.infer<typeof neighboursReportSchema>;
