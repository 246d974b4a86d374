import type { EpochCourse } from '../../records/run-curves.ts';
import { directionOf, epochFigures, epochFigureTitles, isEpochFigure } from '../figures.ts';
import type { TableColumn } from './column.ts';
import type { TableRow } from './row.ts';

/** Which value of a curve, and how it is said. */
const picks = {
  best: {
    words: 'best epoch',
    of: (course, figure) => (directionOf(figure) === 'higher' ? course.highest : course.lowest),
  },
  last: { words: 'last epoch', of: (course) => course.last },
  min: { words: 'lowest', of: (course) => course.lowest },
  max: { words: 'highest', of: (course) => course.highest },
} as const satisfies Record<string, { words: string; of: (course: EpochCourse, figure: string) => number | null }>;

/** First words of the keys of curves: `best validation_loss`. */
export const curvePicks: readonly string[] = Object.keys(picks);

/** Columns of the curves that some run has, for figures of which one way is better. */
export function curveColumns(rows: Iterable<TableRow>): TableColumn[] {
  const present = new Set<string>();
  for (const { curves } of rows)
    for (const [figure, { last, lowest }] of curves) if (last !== null || lowest !== null) present.add(figure);
  return Object.keys(epochFigures)
    .filter(isEpochFigure)
    .filter((figure) => epochFigures[figure] !== null && present.has(figure))
    .flatMap((figure) =>
      Object.entries(picks).map(
        ([pick, { words, of }]): TableColumn => ({
          key: `${pick} ${figure}`,
          title: `${epochFigureTitles[figure]}, ${words}`,
          kind: 'number',
          better: directionOf(figure),
          cell({ curves }) {
            const course = curves.get(figure);
            return course === undefined ? null : of(course, figure);
          },
        }),
      ),
    );
}
