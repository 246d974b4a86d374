import { z } from 'zod';
import { type BatchState, batchStates } from '../../pipeline/domain/outcome.ts';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';

const stateSchema = z.object({ state: z.enum(batchStates), images: z.int(), reviewed: z.int() });
const answerSchema = z.object({ predicted: z.int(), images: z.int() });
const scanSchema = z.object({ scan: z.string(), review: z.int(), refused: z.int(), reviewed: z.int() });

/** A batch in figures, out of its indices. */
export function batchCounts({ db }: RecordsContext) {
  const states = db.prepare(`SELECT state, count(*) AS images, count(review) AS reviewed FROM batch_rows
    WHERE batch = ? GROUP BY state`);
  const answers = db.prepare(`SELECT predicted, count(*) AS images FROM batch_rows
    WHERE batch = ? AND predicted IS NOT NULL GROUP BY predicted`);
  const scans = db.prepare(`SELECT scan, sum(state = 'review') AS review, sum(state = 'refused') AS refused,
    count(review) AS reviewed FROM batch_rows WHERE batch = ? AND scan <> '' GROUP BY scan`);
  return {
    /** Images in each state, and how many of all have a review. */
    states(batch: string): { states: Record<BatchState, number>; reviewed: number } {
      const counts = { answered: 0, review: 0, refused: 0 };
      let reviewed = 0;
      for (const row of readRows('batch_rows', stateSchema, () => states.all(batch))) {
        counts[row.state] = row.images;
        reviewed += row.reviewed;
      }
      return { states: counts, reviewed };
    },
    /** Images for each class index. */
    answers: (batch: string) => readRows('batch_rows', answerSchema, () => answers.all(batch)),
    /** Images of each known scan that want a look, that were refused, and that have a review. */
    scanCounts: (batch: string) => readRows('batch_rows', scanSchema, () => scans.all(batch)),
  };
}
