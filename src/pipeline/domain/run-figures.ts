import { z } from 'zod';
import { coverageCurveSchema, estimateSchema, operatingPointSchema } from './metrics.ts';

/** What a run's kept predictions are to be turned into. */
export const figuresInputSchema = z.object({
  /** predictions.csv as evaluate wrote it. */
  predictions: z.string(),
  /** calibration.json of the model that the run sealed; left out: none, or its thresholds were chosen on these cases. */
  calibration: z.string().optional(),
  /** Share of a class where the model will be used, by name; left out: its share of these cases. */
  prevalence: z.record(z.string(), z.number().min(0).max(1)),
  scanVote: z.enum(['mean', 'majority']),
  resamples: z.int().min(100).max(100_000),
  seed: z.int().min(1),
});
export type FiguresInput = z.infer<typeof figuresInputSchema>;

const share = z.number().min(0).max(1);
/** (x, y), both 0..1. */
const pointSchema = z.tuple([share, share]);

const worthSchema = z.object({
  sensitivity: estimateSchema,
  specificity: estimateSchema,
  ppv: estimateSchema,
  npv: estimateSchema,
});

const classFiguresSchema = z.object({
  name: z.string(),
  /** Cases of the class, and patient groups that they come from. */
  cases: z.int(),
  groups: z.int(),
  /** Share of the class among the cases. */
  share,
  /** Share that PPV and NPV were computed for. */
  prevalence: share,
  /** The class answered against any other. */
  answer: worthSchema,
  /** A threshold that was chosen on held-out validation groups and sealed, and what it gives here. */
  operating_point: worthSchema.extend({ chosen: operatingPointSchema }).nullable(),
  auc: z.number().nullable(),
  average_precision: z.number().nullable(),
  /** (1 - specificity, sensitivity), and (recall, precision); corners only. */
  roc: z.array(pointSchema),
  precision_recall: z.array(pointSchema),
});
export type ClassFigures = z.infer<typeof classFiguresSchema>;

export const reliabilityBinSchema = z.object({
  low: share,
  high: share,
  count: z.int(),
  confidence: share.nullable(),
  accuracy: share.nullable(),
});

const levelSchema = z.object({
  cases: z.int(),
  classes: z.array(classFiguresSchema),
  ece: estimateSchema,
  brier: estimateSchema,
  reliability: z.array(reliabilityBinSchema),
  /** At most 100 points. */
  coverage: coverageCurveSchema,
});
export type LevelFigures = z.infer<typeof levelSchema>;

/** Figures of one run beyond metrics.json: computed when they are asked for. */
export const runFiguresSchema = z.object({
  scan: levelSchema,
  slice: levelSchema,
  /** Of the sealed model, on the groups that it was calibrated on; null when there were none. */
  calibration: z
    .object({
      temperature: z.number(),
      images: z.int(),
      groups: z.int(),
      before: z.object({ ece: estimateSchema, brier: estimateSchema, reliability: z.array(reliabilityBinSchema) }),
      after: z.object({ ece: estimateSchema, brier: estimateSchema, reliability: z.array(reliabilityBinSchema) }),
      /** Below it an answer goes to review, and what that gave on the calibration groups. */
      chosen: z.object({ threshold: share, coverage: share, accuracy: share.nullable() }),
    })
    .nullable(),
  resamples: z.int(),
  notice: z.string(),
});
export type RunFigures = z.infer<typeof runFiguresSchema>;
