import { z } from 'zod';
import { measuredTestSetSchema } from './test-set.ts';

/** A figure with its 95 % bootstrap interval over patient groups. null: not defined on these data (one class, no scans). */
export const estimateSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export const overallMetricNames = [
  'accuracy',
  'balanced_accuracy',
  'macro_f1',
  'auc',
  'log_loss',
  'brier',
  'ece',
] as const;
export type OverallMetricName = (typeof overallMetricNames)[number];

export const classMetricNames = ['sensitivity', 'specificity', 'auc', 'average_precision'] as const;
export type ClassMetricName = (typeof classMetricNames)[number];

export interface MetricInfo {
  readonly title: string;
  readonly higherIsBetter: boolean;
}

/** How tables, reports and comparisons name a metric, and which way is better. */
export const overallMetricInfo: Readonly<Record<OverallMetricName, MetricInfo>> = {
  accuracy: { title: 'Accuracy', higherIsBetter: true },
  balanced_accuracy: { title: 'Balanced accuracy', higherIsBetter: true },
  macro_f1: { title: 'Macro F1', higherIsBetter: true },
  auc: { title: 'AUC (one-vs-rest mean)', higherIsBetter: true },
  log_loss: { title: 'Log loss', higherIsBetter: false },
  brier: { title: 'Brier score', higherIsBetter: false },
  ece: { title: 'Calibration error (ECE)', higherIsBetter: false },
};

export const classMetricInfo: Readonly<Record<ClassMetricName, MetricInfo>> = {
  sensitivity: { title: 'Sensitivity', higherIsBetter: true },
  specificity: { title: 'Specificity', higherIsBetter: true },
  auc: { title: 'AUC', higherIsBetter: true },
  average_precision: { title: 'Average precision', higherIsBetter: true },
};

/** A point of a ROC curve: all cases with a score of at least `threshold` are called positive. The first threshold is Infinity. */
export interface RocPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** One bin (low, high] of a reliability diagram. Means are null in an empty bin. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of the predicted class. */
  readonly confidence: number | null;
  /** Share of right answers. */
  readonly accuracy: number | null;
}

export interface RocCurve {
  /** Name of the class. */
  readonly label: string;
  /** From (0, 0) to (1, 1); empty where the curve is not defined. */
  readonly points: readonly RocPoint[];
  readonly auc: number | null;
}

/** A point of a precision-recall curve: all cases with a score of at least `threshold` are called positive. */
export interface PrecisionRecallPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** Cases with a confidence of at least `threshold` are answered, the rest goes to review. */
export const coveragePointSchema = z.object({
  threshold: z.number(),
  /** Share of cases answered, 0..1. */
  coverage: z.number(),
  /** Share of the answers that are right. */
  accuracy: z.number(),
  answered: z.int(),
});
export type CoveragePoint = z.infer<typeof coveragePointSchema>;

export const coverageCurveSchema = z.object({
  /** By rising coverage. */
  points: z.array(coveragePointSchema),
  /** Area under the risk-coverage curve, lower is better; null without cases. */
  aurc: z.number().nullable(),
});
export type CoverageCurve = z.infer<typeof coverageCurveSchema>;

/** How an operating point is chosen. */
export const operatingRuleSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('youden') }),
  z.object({ by: z.literal('sensitivity'), atLeast: z.number().min(0).max(1) }),
  z.object({ by: z.literal('specificity'), atLeast: z.number().min(0).max(1) }),
]);
export type OperatingRule = z.infer<typeof operatingRuleSchema>;

/** One class against the rest: a case is called positive from a score of `threshold` on. */
export const operatingPointSchema = z.object({
  threshold: z.number(),
  sensitivity: z.number(),
  specificity: z.number(),
});
export type OperatingPoint = z.infer<typeof operatingPointSchema>;

/** What the plots of an evaluation are drawn from, by level. */
export type PlotData = Readonly<
  Record<'slice' | 'scan', { readonly roc: readonly RocCurve[]; readonly reliability: readonly ReliabilityBin[] }>
>;

const overallSchema = z.record(z.enum(overallMetricNames), estimateSchema);

const classFiguresSchema = z.object({
  sensitivity: estimateSchema,
  specificity: estimateSchema,
  auc: estimateSchema,
  /** Not in the files of older versions. */
  average_precision: estimateSchema.default({ value: null, low: null, high: null }),
} satisfies Record<ClassMetricName, z.ZodType>);

const perClassSchema = z.record(
  z.string(),
  z.object({
    slice: classFiguresSchema,
    scan: classFiguresSchema,
    images: z.int(),
    scans: z.int(),
    groups: z.int(),
  }),
);

const confusionSchema = z.object({
  labels: z.array(z.string()),
  /** matrix[true][predicted], counts. */
  matrix: z.array(z.array(z.int())),
});

/** metrics.json: what `evaluate` found. */
export const metricsSchema = z.object({
  part: z.string(),
  /** grouped: no patient group on both sides; leaky: the split or --allow-leak lets it happen, and the figures measure memory. */
  honesty: z.enum(['grouped', 'leaky']),
  /** cross-validated: figures of the procedure from held-out folds, not of the one sealed model. */
  protocol: z.enum(['holdout', 'cross-validated']),
  slice: overallSchema,
  scan: overallSchema,
  per_class: perClassSchema,
  confusion: confusionSchema,
  scan_confusion: confusionSchema,
  /** Accuracy when only the surest cases are answered, at each 5 % of coverage. Not in the files of older versions. */
  coverage: z.object({ slice: coverageCurveSchema, scan: coverageCurveSchema }).optional(),
  counts: z.object({ images: z.int(), scans: z.int(), groups: z.int() }),
  resamples: z.int(),
  /** The locked test part that these figures were measured on; left out for held-out folds. */
  test_set: measuredTestSetSchema.optional(),
  notice: z.string(),
});
export type Metrics = z.infer<typeof metricsSchema>;

/** One image's prediction; the unit that every metric is computed from. */
export interface Prediction {
  readonly image: string;
  readonly scan: string;
  readonly group: string;
  /** Index of the true class. */
  readonly truth: number;
  /** Probability of each class, sums to 1. */
  readonly probabilities: readonly number[];
}
