import { z } from 'zod';
import { estimateSchema } from './metrics.ts';
import { paramsSchema } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

export const leakMeterInputSchema = z.object({ workspace: workspacePathsSchema, params: paramsSchema });
export type LeakMeterInput = z.infer<typeof leakMeterInputSchema>;

/** Who is scored: the head on the backbone's features, and a memoriser that answers with the most similar picture's class. */
export const leakScorers = ['model', 'memoriser'] as const;
export type LeakScorer = (typeof leakScorers)[number];

/** How the same images are divided into folds. */
export const leakSplits = ['random-slices', 'patient-groups'] as const;
export type LeakSplit = (typeof leakSplits)[number];

export const leakScoreSchema = z.object({
  scorer: z.enum(leakScorers),
  split: z.enum(leakSplits),
  /** Of slices; intervals by patient group. */
  balanced_accuracy: estimateSchema,
  accuracy: estimateSchema,
});
export type LeakScore = z.infer<typeof leakScoreSchema>;

/** What stands on both sides of the split that is in use. */
export const splitLeakSchema = z.object({
  groups: z.int(),
  /** Pairs of near-duplicate images. */
  pairs: z.int(),
  /** The first of them by name. */
  named_groups: z.array(z.string()),
  named_pairs: z.array(z.object({ a: z.string(), b: z.string(), correlation: z.number() })),
});
export type SplitLeak = z.infer<typeof splitLeakSchema>;

export const leakMeterSchema = z.object({
  folds: z.int(),
  seed: z.int(),
  counts: z.object({ images: z.int(), scans: z.int(), groups: z.int() }),
  /** Balanced accuracy of guessing. */
  chance: z.number(),
  scores: z.array(leakScoreSchema),
  /** Balanced accuracy of the model, random slices minus patient groups; null where one is not defined. */
  gap: z.number().nullable(),
  sentence: z.string(),
  /** null before the first split. */
  split: splitLeakSchema.nullable(),
  split_sentence: z.string(),
});
export type LeakMeter = z.infer<typeof leakMeterSchema>;
