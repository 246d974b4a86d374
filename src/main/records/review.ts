import type { ReviewDecision } from '../../pipeline/domain/outcome.ts';

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

/** Name of an image within its batch. */
export function reviewKey({ item, frame }: { readonly item: number; readonly frame: number }): string {
  return `${item} ${frame}`;
}
