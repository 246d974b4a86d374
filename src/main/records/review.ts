import { z } from 'zod';
import { type ReviewDecision, reviewDecisions } from '../../pipeline/domain/outcome.ts';

/** One image of a batch. */
export interface ImageKey {
  readonly batch: string;
  readonly item: number;
  readonly frame: number;
}

export interface NewReview extends ImageKey {
  readonly decision: ReviewDecision;
  /** Class that the reader gave; null when there is none. */
  readonly class: string | null;
  readonly reader: string;
}

export const reviewSchema = z.object({
  decision: z.enum(reviewDecisions),
  class: z.string().nullable(),
  reader: z.string(),
  at: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;

/** Name of an image within its batch. */
export function reviewKey({ item, frame }: { readonly item: number; readonly frame: number }): string {
  return `${item} ${frame}`;
}
