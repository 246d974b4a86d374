import { z } from 'zod';
import { paramsSchema } from './params.ts';
import { workspacePathsSchema } from './stage-inputs.ts';

/** Why an image is on the list of suspect labels, most certain first. */
export const suspectReasons = ['identical-pixels', 'near-duplicate', 'neighbours', 'disagrees'] as const;
export type SuspectReason = (typeof suspectReasons)[number];

/** What each reason means, for people. */
export const suspectReasonTitles: Readonly<Record<SuspectReason, string>> = {
  'identical-pixels': 'The same pixels stand under another class',
  'near-duplicate': 'Nearly the same picture has another class',
  neighbours: 'Its neighbours in the scan have another class',
  disagrees: 'Models that never saw this patient answer otherwise',
};

/** suspects.csv: every image, the most suspect label first. */
export const suspectColumns = [
  'image',
  'class',
  'suggested',
  'score',
  'reason',
  'likely',
  'probability',
  'other',
  'pixel_hash',
] as const;

export const suspectRowSchema = z.object({
  image: z.string().min(1),
  /** The label that is doubted. */
  class: z.string().min(1),
  /** The class that its picture or the held-out answers speak for. */
  suggested: z.string(),
  /** Loss of held-out answers, standardised in its class and averaged over the repeats: 0 is usual, greater is more suspect. */
  score: z.coerce.number(),
  reason: z.enum(suspectReasons),
  /** By confident learning: another class is answered as surely as it usually is where it is right; and the score is 1 or more. */
  likely: z.enum(['yes', 'no']),
  /** Held-out probability of the label, mean over the repeats. */
  probability: z.coerce.number(),
  /** Image or file that it contradicts; empty where there is none. */
  other: z.string(),
  pixel_hash: z.string(),
});
export type SuspectRow = z.infer<typeof suspectRowSchema>;

export const suspectsInputSchema = z.object({
  workspace: workspacePathsSchema,
  params: paramsSchema,
  /** How often the grouped folds are drawn and trained anew. */
  repeats: z.int().min(1).max(20),
  folds: z.int().min(2).max(50),
  /** Use the held-out predictions of `train` where they fit the labels as they are now. */
  useOutOfFold: z.boolean(),
});
export type SuspectsInput = z.infer<typeof suspectsInputSchema>;

export const suspectsReportSchema = z.object({
  images: z.int(),
  /** Labels that confident learning counts as wrong. */
  likely: z.int(),
  /** Share of the labels that the held-out answers agree with, 0..1: how good the judges are. */
  agreement: z.number(),
  /** Images under two classes, by equal pixels and by nearly equal ones. */
  identical: z.int(),
  near_duplicates: z.int(),
  /** Images that stand out of their neighbours. */
  neighbours: z.int(),
  /** Where the held-out answers come from. */
  from: z.enum(['out-of-fold', 'cross-validation']),
  repeats: z.int(),
  folds: z.int(),
  classes: z.record(z.string(), z.object({ images: z.int(), likely: z.int() })),
});
export type SuspectsReport = z.infer<typeof suspectsReportSchema>;
