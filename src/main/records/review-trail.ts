import { z } from 'zod';
import { reviewDecisions } from '../../pipeline/domain/outcome.ts';
import { type Review, reviewSchema } from '../../pipeline/domain/review.ts';
import type { RecordsContext } from './context.ts';
import { reviewKey } from './review.ts';
import { readRows } from './row.ts';

const entrySchema = z.object({
  seq: z.int(),
  file: z.string(),
  image: z.string(),
  predicted: z.int().nullable(),
  decision: z.enum([...reviewDecisions, 'withdraw']),
  class: z.string().nullable(),
  reader: z.string(),
  at: z.string(),
  model_seal: z.string(),
});
/** One line of the trail: a decision, or that one was taken back. */
export type ReviewEntry = z.infer<typeof entrySchema>;

const keyedSchema = z.object({ ...reviewSchema.shape, item: z.int(), frame: z.int() });
const pageSize = 500;

/** What was said of the images of a batch. */
export function reviewTrail({ db }: RecordsContext) {
  const ofBatch = db.prepare(`SELECT r.item, r.frame, v.decision, v.class, v.reader, v.at
    FROM batch_rows r JOIN reviews v ON v.seq = r.review WHERE r.batch = ?`);
  const page = db.prepare(`SELECT v.seq, i.file, r.image, r.predicted, v.decision, v.class, v.reader, v.at, v.model_seal
    FROM reviews v JOIN batch_rows r ON r.batch = v.batch AND r.item = v.item AND r.frame = v.frame
    JOIN batch_items i ON i.batch = v.batch AND i.item = v.item
    WHERE v.batch = ? AND v.seq > ? ORDER BY v.seq LIMIT ${pageSize}`);
  return {
    /** The reviews that count, by `reviewKey` of their image. */
    ofBatch(batch: string): ReadonlyMap<string, Review> {
      const rows = readRows('reviews', keyedSchema, () => ofBatch.all(batch));
      return new Map(rows.map(({ item, frame, ...review }) => [reviewKey({ item, frame }), review]));
    },
    /** Everything that was said, oldest first; a page at a time. */
    *trail(batch: string): Generator<ReviewEntry> {
      for (let after = 0; ; ) {
        const entries = readRows('reviews', entrySchema, () => page.all(batch, after));
        yield* entries;
        const last = entries.at(-1);
        if (last === undefined || entries.length < pageSize) return;
        after = last.seq;
      }
    },
  };
}
