import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import type { Row } from '../../../../main/ipc/contract.ts';
import type { Selection } from '../selection/selection.ts';
import { placeOf } from './place-of.ts';

interface Table {
  readonly frame: RefObject<HTMLElement | null>;
  getRow(index: number): Row | undefined;
  /** Pixels. */
  readonly rowHeight: number;
}

interface SteadyIndex {
  /** What the table is told; null while the chosen row is out of sight and nobody asked for it. */
  readonly index: number | null;
  onRange(first: number, last: number): void;
  /** Before a key moves: the table knows where the chosen row is. */
  beforeKey(): void;
}

/**
 * The place of the chosen row for a table whose rows move because others come in. A row in sight stays where the eye is; one
 * out of sight does not pull the table to it. Only a reader's own choice scrolls.
 */
export function useSteadyIndex(selection: Selection, { frame, getRow, rowHeight }: Table): SteadyIndex {
  const selected = useStore(selection.store);
  const { placed } = selected;
  const place = placeOf(selected, getRow);
  const [index, setIndex] = useState(place);
  const range = useRef({ first: 0, last: 0 });
  const known = useRef({ place, placed });

  useLayoutEffect(() => {
    const before = known.current;
    known.current = { place, placed };
    if (before.place === place) return;
    const isInSight = (at: number): boolean => at >= range.current.first && at <= range.current.last;
    if (place === null || before.place === null || before.placed !== placed) return setIndex(place);
    const wasInSight = isInSight(before.place);
    const isNowInSight = isInSight(place);
    if (wasInSight) scrollBy(frame.current, (place - before.place) * rowHeight);
    setIndex(wasInSight || isNowInSight ? place : null);
  }, [frame, place, placed, rowHeight]);

  const onRange = useCallback((first: number, last: number) => {
    range.current = { first, last };
    const at = known.current.place;
    if (at !== null && at > first && at < last) setIndex(at);
  }, []);
  const beforeKey = useCallback(() => flushSync(() => setIndex(known.current.place)), []);
  return { index, onRange, beforeKey };
}

function scrollBy(frame: HTMLElement | null, distancePx: number): void {
  const table = frame?.querySelector('[role=grid]');
  if (!table) return;
  table.scrollTop += distancePx;
  // The browser tells of it after the next frame; the table must know before it looks for the chosen row.
  table.dispatchEvent(new Event('scroll'));
}
