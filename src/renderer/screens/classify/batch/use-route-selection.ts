import { useEffect, useRef } from 'react';
import { navigate, pathOf } from '../../../stores/route.ts';
import { type Listing, queryOf } from '../filter/listing.ts';
import { sameSpot, spotKey, spotOf, spotQuery } from '../selection/spot.ts';
import type { BatchSession } from './batch-session.ts';

/** Browsers refuse an address that changes on every notch of the wheel. */
const quietMs = 400;

/** Address of a batch with this listing and the chosen image. */
export function addressOf(session: BatchSession, listing: Listing): string {
  const { spot } = session.selection.store.getState();
  return pathOf('classify', [session.batch], { ...queryOf(listing), ...spotQuery(spot) });
}

/** The chosen image follows the address (links, Back), and the address follows the chosen image. */
export function useRouteSelection(
  session: BatchSession,
  listing: Listing,
  query: Readonly<Record<string, string>>,
): void {
  const { selection } = session;
  const asked = spotOf(query);
  const askedKey = asked === null ? null : spotKey(asked);
  const newest = useRef(listing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the image is compared by its key
  useEffect(() => {
    if (asked !== null) selection.go(asked);
  }, [selection, askedKey]);
  useEffect(() => {
    newest.current = listing;
    selection.list(listing);
  }, [selection, listing]);
  useEffect(() => {
    let timer: number | undefined;
    const stop = selection.store.subscribe((now, before) => {
      if (sameSpot(now.spot, before.spot)) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => navigate(addressOf(session, newest.current), { replace: true }), quietMs);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [selection, session]);
}
