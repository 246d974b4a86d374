import { z } from 'zod';
import { estimateSchema } from './metrics.ts';

export const duelFigures = ['balanced_accuracy', 'accuracy', 'auc'] as const;
export type DuelFigure = (typeof duelFigures)[number];
export const duelLevels = ['scan', 'slice'] as const;
export type DuelLevel = (typeof duelLevels)[number];

/** "better" and "worse" are said only when the interval of the difference excludes 0. */
export const duelVerdicts = ['better', 'worse', 'no difference shown'] as const;
export type DuelVerdict = (typeof duelVerdicts)[number];

const caseSchema = z.object({
  /** Name of the scan or image. */
  name: z.string(),
  /** Image to look at: the slice that led the wrong answer of a scan. */
  image: z.string(),
  class: z.string(),
  /** What A and B answered, and how probable that was to them. */
  a: z.string(),
  b: z.string(),
  probability_a: z.number(),
  probability_b: z.number(),
});
export type DuelCase = z.infer<typeof caseSchema>;

const listSchema = z.object({
  total: z.int(),
  /** At most `duelRows`, the surest of the wrong answers first. */
  rows: z.array(caseSchema),
});
export const duelRows = 500;

const levelSchema = z.object({
  cases: z.int(),
  both_right: z.int(),
  both_wrong: z.int(),
  /** A was wrong, B is right. */
  fixed: listSchema,
  /** A was right, B is wrong. */
  broken: listSchema,
  /** McNemar's test, two-sided. */
  exact: z.number(),
  mid_p: z.number(),
  figures: z.record(
    z.enum(duelFigures),
    z.object({
      a: z.number().nullable(),
      b: z.number().nullable(),
      /** B minus A, with a 95 % interval of the paired bootstrap over patient groups. */
      difference: estimateSchema,
      verdict: z.enum(duelVerdicts),
    }),
  ),
});
export type DuelOfLevel = z.infer<typeof levelSchema>;

export const duelSchema = z.object({
  classes: z.array(z.string()),
  compared: z.object({ images: z.int(), scans: z.int(), groups: z.int() }),
  /** What only one of the two was asked, or what could not be read. */
  left_out: z.array(z.object({ what: z.string(), images: z.int() })),
  scan: levelSchema,
  slice: levelSchema,
  /** Images of the folder whose pixels stand in the workspace's dataset outside its test part; null where that was not looked at. */
  known_images: z.int().nullable(),
});
export type Duel = z.infer<typeof duelSchema>;

/** A duel as it was recorded, for pages and reports. */
export const recordedDuelSchema = z.object({
  /** Of the finding. */
  id: z.string(),
  /** ISO 8601. */
  madeAt: z.string(),
  /** Names of the two. */
  a: z.string(),
  b: z.string(),
  /** Run, or seal of a model, of each. */
  ids: z.object({ a: z.string(), b: z.string() }),
  /** What must be known before the result is read, in full sentences. */
  warnings: z.array(z.string()),
  /** The result in one sentence. */
  sentence: z.string(),
  duel: duelSchema,
});
export type RecordedDuel = z.infer<typeof recordedDuelSchema>;

/** What a difference amounts to. */
export function verdictOf({ low, high }: { readonly low: number | null; readonly high: number | null }): DuelVerdict {
  if (low !== null && low > 0) return 'better';
  if (high !== null && high < 0) return 'worse';
  return 'no difference shown';
}
