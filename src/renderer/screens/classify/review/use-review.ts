import { useCallback, useRef, useState } from 'react';
import { z } from 'zod';
import { call, type Review, type Row } from '../../../api.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { useReader } from '../../../stores/prefs.ts';
import { useRemembered } from '../../../stores/remembered.ts';
import { type BatchSession, useBatchSession } from '../batch/batch-session.ts';
import { type Spot, sameSpot } from '../selection/spot.ts';
import { nextUnreviewed } from '../selection/unreviewed.ts';
import { type Decision, reviewText } from './review-keys.ts';

/** A decision of this session, to be taken back. */
export interface Past {
  readonly spot: Spot;
  readonly text: string;
}

const mostPast = 200;

/** Decisions of the reader: shown at once, stored, taken back. */
export function useReview() {
  const session = useBatchSession();
  const { batch, selection } = session;
  const reader = useReader();
  const [advances, setAdvances] = useRemembered('classify.advance', z.boolean(), true);
  const [past, setPast] = useState<readonly Past[]>([]);
  const underWay = useRef(new Set<Promise<unknown>>());
  const advancing = useRef(false);

  const decide = useCallback(
    async (row: Row, { decision, class: given }: Decision): Promise<void> => {
      // Until the next image is there a further key would be about the one just read.
      if (advancing.current) return;
      const spot = { item: row.item, frame: row.frame };
      const review: Review = { decision, class: given, reader, at: new Date().toISOString() };
      const index = show(session, spot, review);
      if (advances) {
        advancing.current = true;
        void advance(session, spot, index).finally(() => {
          advancing.current = false;
        });
      }
      const stored = call('batches/review', { batch, ...spot, decision, class: given, reader });
      underWay.current.add(stored);
      try {
        await stored;
        setPast((before) => [...before, { spot, text: reviewText(review) }].slice(-mostPast));
      } catch (error) {
        show(session, spot, row.review);
        notifyError(error);
      } finally {
        underWay.current.delete(stored);
      }
    },
    [session, batch, reader, advances],
  );

  const undo = useCallback(async (): Promise<void> => {
    // A decision that is still on its way must be there before it can be taken back.
    await Promise.allSettled(underWay.current);
    const { spot, row } = selection.store.getState();
    const mine = row?.review?.reader === reader ? spot : null;
    const target = mine ?? past.at(-1)?.spot ?? null;
    if (target === null) return void notify({ text: 'There is no decision of yours to take back.' });
    try {
      await call('batches/undo-review', { batch, ...target, reader });
      setPast((before) => without(before, target));
      selection.go(target);
      selection.refresh();
      session.table.current.reload();
    } catch (error) {
      notifyError(error);
    }
  }, [session, batch, selection, reader, past]);

  return { decide, undo, last: past.at(-1), reader, advances, setAdvances };
}

/** Puts a review on the row wherever it is shown. @returns its place in the listing */
function show({ selection, table }: BatchSession, spot: Spot, review: Review | null): number | null {
  const { spot: chosen, index } = selection.store.getState();
  const row = selection.showReview(spot, review);
  const at = sameSpot(chosen, spot) ? index : null;
  if (row !== undefined && at !== null && sameSpot(table.current.getRow(at) ?? null, spot))
    table.current.patch(at, row);
  return at;
}

async function advance({ selection, table, batch }: BatchSession, spot: Spot, index: number | null): Promise<void> {
  try {
    const { getRow } = table.current;
    const next = await nextUnreviewed({ batch, listing: selection.listing, spot, index, getRow }, call);
    // Whoever has moved on meanwhile stays there.
    if (!sameSpot(selection.store.getState().spot, spot)) return;
    if (next === undefined) notify({ text: 'Every image of this list is read.', kind: 'good' });
    else selection.choose(next.row, next.index);
  } catch (error) {
    notifyError(error);
  }
}

/** The newest decision on an image is gone from the list. */
function without(past: readonly Past[], spot: Spot): readonly Past[] {
  const at = past.findLastIndex((each) => sameSpot(each.spot, spot));
  return at < 0 ? past : past.toSpliced(at, 1);
}
