import { z } from 'zod';
import { reviewDecisions } from './outcome.ts';

/** What a reader said of one image; the newest counts, all are kept. */
export const reviewSchema = z.object({
  decision: z.enum(reviewDecisions),
  /** Class that the reader gave; null when there is none. */
  class: z.string().nullable(),
  reader: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;
