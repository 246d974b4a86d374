import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Review, reviewSchema } from '../../pipeline/domain/review.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import type { ImageKey, NewReview } from './review.ts';
import { reviewTrail } from './review-trail.ts';
import { readRow } from './row.ts';
import { write } from './write.ts';

const seqSchema = z.object({ seq: z.int() });

export function reviewsTable(context: RecordsContext, audit: Audit) {
  const { db, now } = context;
  const insert =
    db.prepare(`INSERT INTO reviews (batch, item, frame, decision, class, reader, at, model_seal, withdraws)
    SELECT @batch, @item, @frame, @decision, @class, @reader, @at, model_seal, @withdraws FROM batches WHERE id = @batch`);
  const { requireImage, newestOf, settle } = decisions(context);
  return {
    ...reviewTrail(context),
    /** Stores a decision; it counts from now on. @throws HilumError `review/no-image` */
    add(review: NewReview): Review {
      const { batch, item, frame, decision, class: given, reader } = review;
      return write(db, () => {
        requireImage(review);
        const row = { batch, item, frame, decision, class: given, reader, at: now().toISOString(), withdraws: null };
        const seq = Number(insert.run(row).lastInsertRowid);
        settle(review);
        audit.add('review/added', batch, { review: seq, item, frame });
        return reviewSchema.parse(row);
      });
    },
    /**
     * Takes a reader's newest decision on an image back; without one nothing changes.
     * @returns the decision that counts now
     * @throws HilumError `review/no-image`
     */
    withdraw(image: ImageKey, reader: string): Review | null {
      const { batch, item, frame } = image;
      return write(db, () => {
        requireImage(image);
        const withdraws = newestOf(image, reader);
        if (withdraws === undefined) return settle(image);
        const at = now().toISOString();
        insert.run({ batch, item, frame, decision: 'withdraw', class: null, reader, at, withdraws });
        audit.add('review/withdrawn', batch, { review: withdraws, item, frame });
        return settle(image);
      });
    },
  };
}

/** Which decision on an image counts: the newest that was not taken back. */
function decisions({ db }: RecordsContext) {
  const isThere = db.prepare('SELECT item FROM batch_rows WHERE batch = @batch AND item = @item AND frame = @frame');
  const standing = `SELECT seq FROM reviews AS r WHERE batch = @batch AND item = @item AND frame = @frame AND
    decision <> 'withdraw' AND NOT EXISTS (SELECT 1 FROM reviews AS w WHERE w.withdraws = r.seq)`;
  const newest = db.prepare(`${standing} ORDER BY seq DESC LIMIT 1`);
  const ofReader = db.prepare(`${standing} AND reader = @reader ORDER BY seq DESC LIMIT 1`);
  const point = db.prepare(
    'UPDATE batch_rows SET review = @seq WHERE batch = @batch AND item = @item AND frame = @frame',
  );
  const bySeq = db.prepare('SELECT decision, class, reader, at FROM reviews WHERE seq = ?');
  return {
    /** @throws HilumError `review/no-image` */
    requireImage({ batch, item, frame }: ImageKey): void {
      if (isThere.get({ batch, item, frame }) === undefined) throw new HilumError('review/no-image');
    },
    newestOf({ batch, item, frame }: ImageKey, reader: string): number | undefined {
      return readRow('reviews', seqSchema, () => ofReader.get({ batch, item, frame, reader }))?.seq;
    },
    /** Notes beside the row which decision counts from here on. */
    settle({ batch, item, frame }: ImageKey): Review | null {
      const seq = readRow('reviews', seqSchema, () => newest.get({ batch, item, frame }))?.seq ?? null;
      point.run({ batch, item, frame, seq });
      return seq === null ? null : (readRow('reviews', reviewSchema, () => bySeq.get(seq)) ?? null);
    },
  };
}
