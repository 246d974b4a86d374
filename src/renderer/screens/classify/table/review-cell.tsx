import { Ban, Check, PencilLine } from 'lucide-react';
import type { Review } from '../../../api.ts';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { reviewText } from '../review/review-keys.ts';

const icons = { accept: Check, correct: PencilLine, refuse: Ban } as const;

interface ReviewCellProps {
  readonly review: Review | null;
  readonly classes: readonly string[];
}

/** What a reader said of the image: the decision by its sign, the class, and who. */
export function ReviewCell({ review, classes }: ReviewCellProps) {
  if (review === null) return null;
  const Icon = icons[review.decision];
  return (
    <span
      className="h-classify-review"
      title={`${reviewText(review)} · ${review.reader} · ${formatDateTime(review.at)}`}
    >
      <Icon size={14} aria-hidden="true" />
      <span className="h-sr">{reviewText(review)} </span>
      {review.class === null ? (
        <span aria-hidden="true">{review.decision === 'refuse' ? 'not usable' : 'agreed'}</span>
      ) : (
        <ClassChip name={review.class} index={classes.indexOf(review.class)} />
      )}
      <span className="h-faint h-cut">{review.reader}</span>
    </span>
  );
}
