import type { ReviewDecision } from '../domain/outcome.ts';
import { counted, formatCount, formatFigure } from './format.ts';
import { htmlTable } from './html-page.ts';
import { type Markup, markup } from './markup.ts';

/** What a reader said of one image. */
export interface RowReview {
  readonly decision: ReviewDecision;
  /** Class that the reader gave; null when none. */
  readonly class: string | null;
  readonly reader: string;
  readonly at: string;
}

interface ReviewedRow {
  readonly image: string;
  readonly class: string | null;
  readonly probability: number | null;
  readonly review?: RowReview | undefined;
}

const decisionWords: Readonly<Record<ReviewDecision, string>> = {
  accept: 'accepted',
  correct: 'corrected',
  refuse: 'refused',
};

/** The readers' decisions beside the model's answers; nothing when nobody said anything. */
export function reviewSection(rows: readonly ReviewedRow[]): Markup {
  const reviewed = rows.flatMap(({ review, ...row }) => (review === undefined ? [] : [{ ...row, review }]));
  if (reviewed.length === 0) return markup``;
  const count = (decision: ReviewDecision): string =>
    `${formatCount(reviewed.filter(({ review }) => review.decision === decision).length)} ${decisionWords[decision]}`;
  const table = htmlTable(
    `${counted(reviewed.length, 'image')} with a decision: ${count('accept')}, ${count('correct')}, ${count('refuse')}`,
    [
      { title: 'Image', kind: 'name' },
      { title: 'Model', kind: 'name' },
      { title: 'Probability', kind: 'number' },
      { title: 'Reader decided', kind: 'text' },
      { title: 'Class', kind: 'name' },
      { title: 'Reader', kind: 'name' },
      { title: 'Time', kind: 'text' },
    ],
    reviewed.map(({ image, class: answer, probability, review }) => [
      image,
      answer ?? '',
      probability === null ? '' : formatFigure(probability),
      decisionWords[review.decision],
      review.class ?? '',
      review.reader,
      review.at,
    ]),
  );
  return markup`<section><h2>Decisions of readers</h2>
${table}</section>
`;
}
