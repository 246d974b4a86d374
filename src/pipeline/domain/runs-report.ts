import { z } from 'zod';
import { estimateSchema, metricsSchema } from './metrics.ts';
import { outcomes } from './outcome.ts';

const better = z.enum(['higher', 'lower']).nullable();

const epochPointSchema = z.object({
  epoch: z.int(),
  loss: z.number().nullable(),
  balanced_accuracy: z.number().nullable(),
  validation_loss: z.number().nullable(),
  validation_balanced_accuracy: z.number().nullable(),
});

/** What a page about one run, or about several side by side, is made of. */
export const runsReportSchema = z.object({
  createdAt: z.string(),
  runs: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        startedAt: z.string(),
        endedAt: z.string().nullable(),
        outcome: z.enum(['running', ...outcomes]),
        leaky: z.boolean(),
        tags: z.array(z.string()),
        notes: z.string(),
        /** Of the model itself, no folds. */
        epochs: z.array(epochPointSchema),
        metrics: metricsSchema.nullable(),
      }),
    )
    .min(1)
    .max(20),
  /** `values` in the order of the runs, null where a run has none. */
  facts: z.array(
    z.object({ key: z.string(), part: z.string(), values: z.array(z.string().nullable()), differs: z.boolean() }),
  ),
  figures: z.array(
    z.object({
      title: z.string(),
      level: z.enum(['scan', 'slice', 'curve']),
      class: z.string().nullable(),
      better,
      values: z.array(estimateSchema.nullable()),
      best: z.int().nullable(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type RunsReport = z.infer<typeof runsReportSchema>;
export type ReportedRun = RunsReport['runs'][number];
