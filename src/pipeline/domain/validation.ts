import { z } from 'zod';
import { metricsSchema, overallMetricNames } from './metrics.ts';
import { paramsSchema, trainingPresets } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

/** Names below `artifacts/` (shuffled labels: below the folder of the run). */
export const validationFiles = {
  result: 'validation.json',
  /** Mean over the repeats of what was said of each image while it was held out. */
  predictions: 'validation-predictions.csv',
  /** The same before the mean: `repeat,fold,image,…`. */
  repeats: 'validation-repeats.csv',
} as const;

export const validationInputSchema = z.object({
  workspace: workspacePathsSchema,
  /** `validation.folds` and `validation.repeats` say how often; every other seed comes from `seed`. */
  params: paramsSchema,
  runId: z.string(),
  /** A control: patient groups swap their labels, and nothing may be predicted any more. */
  shuffleLabels: z.boolean(),
  /** Absolute folder that takes `validationFiles`. */
  out: z.string(),
});
export type ValidationInput = z.infer<typeof validationInputSchema>;

const overall = z.partialRecord(
  z.enum(overallMetricNames),
  z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
);

const figure = z.number().nullable();
/** One figure over all repeats. null: not defined, or (sd) a single repeat. */
export const spreadSchema = z.object({
  mean: figure,
  /** Sample standard deviation over the repeats. */
  sd: figure,
  min: figure,
  max: figure,
  /** Ends of the repeats' 95 % bootstrap intervals over patient groups, each averaged: never narrower than the mean's own. */
  low: figure,
  high: figure,
});
export type Spread = z.infer<typeof spreadSchema>;

const spreads = z.partialRecord(z.enum(overallMetricNames), spreadSchema);

/** What shuffled labels came to, by the interval of the balanced accuracy of scans. */
export const shuffleVerdicts = ['at-chance', 'above-chance', 'below-chance'] as const;

/** validation.json: repeated grouped cross-validation, independent of split.csv. */
export const validationSchema = z.object({
  run: z.string(),
  preset: z.enum(trainingPresets),
  classes: z.array(z.string()),
  folds: z.int(),
  repeats: z.array(
    z.object({
      repeat: z.int(),
      /** Of the folds, of the patient groups that early stopping watches, and of the training in each fold. */
      seed: z.int(),
      best_epochs: z.array(z.int()),
      scan: overall,
      slice: overall,
    }),
  ),
  /** Over the repeats, scan level first. */
  spread: z.object({ scan: spreads, slice: spreads }),
  /** Figures of the mean prediction over the repeats. */
  pooled: metricsSchema,
  /** Balanced accuracy of guessing. */
  chance: z.number(),
  shuffled: z.object({ seed: z.int(), verdict: z.enum(shuffleVerdicts) }).nullable(),
  sentence: z.string(),
  notice: z.string(),
});
export type Validation = z.infer<typeof validationSchema>;
