import { z } from 'zod';
import { coveragePointSchema, estimateSchema, operatingPointSchema } from './metrics.ts';

const share = z.number().min(0).max(1);

/** How sure the answers were and how right, on held-out groups. */
const reliabilitySchema = z.object({
  ece: estimateSchema,
  brier: estimateSchema,
  bins: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      count: z.number(),
      confidence: z.number().nullable(),
      accuracy: z.number().nullable(),
    }),
  ),
});
export type Reliability = z.infer<typeof reliabilitySchema>;

/** What an operator asks for: this share of images answered, or this share of answers right. */
export const answeringRules = ['probability', 'coverage', 'accuracy'] as const;
export type AnsweringRule = (typeof answeringRules)[number];

const answeringSchema = z.object({
  by: z.enum(answeringRules),
  target: share,
  /** False: no threshold reaches the target; the nearest was taken (coverage) or nothing is answered (accuracy). */
  reached: z.boolean(),
  /** Share of held-out images that were answered from the threshold on, conformal sets included. */
  coverage: share,
  /** Share of these answers that were right; null when there were none. */
  accuracy: share.nullable(),
  /** By rising coverage; images whose conformal set is not one class are never answered where the sets are promised. */
  curve: z.array(coveragePointSchema),
});

const conformalSchema = z.object({
  /** Sets were made to leave out the true class at most this often. */
  error: z.number().min(0).max(1),
  /** Every class had the 1/error - 1 patient groups that the promise needs. Otherwise the sets decide nothing. */
  promised: z.boolean(),
  /** Smallest probability at which a class belongs to the set, in the order of the classes. */
  thresholds: z.array(share),
  /** Measured with thresholds that came from other patient groups. */
  coverage: z.object({
    overall: estimateSchema,
    by_class: z.array(estimateSchema),
    /** Patient groups whose images were covered as often as asked for, and all of them. */
    groups_within: z.int(),
    groups: z.int(),
    /** Classes in a set, mean. */
    mean_size: z.number().nullable(),
    /** Share of sets of exactly one class, and of empty ones. */
    single: z.number().nullable(),
    empty: z.number().nullable(),
  }),
});

export const evidenceSchema = z.object({
  images: z.int(),
  groups: z.int(),
  /** Of the trained network, and with temperatures that were fitted on other patient groups. */
  before: reliabilitySchema,
  after: reliabilitySchema,
  answering: answeringSchema,
  /** Null: a class has fewer than two held-out patient groups. */
  conformal: conformalSchema.nullable(),
  /** One class against the rest (Youden), in the order of the classes; null where not defined. */
  operating_points: z.array(operatingPointSchema.nullable()),
});
export type AnsweringEvidence = z.infer<typeof evidenceSchema>;

/** calibration.json: how sure an answer has to be, and how that was found out. Version 1 has the first two keys only. */
export const calibrationSchema = z.strictObject({
  /** The trained network's logits were divided by it; the sealed network answers with the result. 1: as they were. */
  temperature: z.number().positive(),
  /** Below this probability an answer is marked for review. */
  review_below: share,
  /** From held-out patient groups alone; null when there were not enough of them: then nothing was fitted. */
  evidence: evidenceSchema.nullable().default(null),
});
export type Calibration = z.infer<typeof calibrationSchema>;

export interface ChosenPoint {
  readonly threshold: number;
  readonly coverage: number;
  readonly accuracy: number | null;
  readonly reached: boolean;
}

/**
 * The point of a coverage curve that a target picks. coverage: the highest threshold that answers at least that share, else
 * the lowest. accuracy: among the thresholds whose answers are right often enough the one that answers most, else one that
 * answers nothing. probability: the threshold itself.
 * @param curve by rising coverage
 */
export function pointFor(
  curve: AnsweringEvidence['answering']['curve'],
  { by, target }: { readonly by: AnsweringRule; readonly target: number },
): ChosenPoint {
  if (by === 'probability') {
    const point = curve.findLast(({ threshold }) => threshold >= target);
    return { threshold: target, coverage: point?.coverage ?? 0, accuracy: point?.accuracy ?? null, reached: true };
  }
  const found =
    by === 'coverage'
      ? curve.find(({ coverage }) => coverage >= target)
      : curve.findLast(({ accuracy }) => accuracy >= target);
  if (found !== undefined) return { ...found, reached: true };
  const last = by === 'coverage' ? curve.at(-1) : undefined;
  if (last !== undefined) return { ...last, threshold: 0, reached: false };
  return { threshold: 1, coverage: 0, accuracy: null, reached: false };
}
