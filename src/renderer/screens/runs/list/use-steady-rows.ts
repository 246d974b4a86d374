import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { useNewest } from '../../../use-newest.ts';
import { shiftOf } from './row-shift.ts';
import { marks } from './run-store.ts';
import type { RunRows } from './use-run-rows.ts';

/**
 * Keeps the rows in sight and the chosen one where they are while others come in above them: only a reader's own choice
 * scrolls. A new list is read from its top. `show`: before a key or a press moves, the table knows where the chosen row is.
 */
export function useSteadyRows(frame: RefObject<HTMLElement | null>, { getRow, listed }: RunRows, rowHeight: number) {
  const at = useStore(marks, (state) => state.at);
  const newest = useNewest(getRow);
  const range = useRef({ first: 0, last: 0 });
  const top = useRef<{ readonly id: string; readonly index: number } | null>(null);
  const shown = useRef(listed);
  const isMoved = useRef(false);
  const [isHidden, setHidden] = useState(false);

  const noteTop = useCallback(() => {
    const index = range.current.first;
    const id = newest.current(index)?.id;
    top.current = id === undefined ? null : { id, index };
  }, [newest]);

  useLayoutEffect(() => {
    const table = frame.current?.querySelector('[role=grid]');
    if (!table) return;
    const isNew = shown.current !== listed;
    const stays = !isNew && top.current !== null && table.scrollTop >= rowHeight ? top.current : null;
    const shift = stays === null ? 0 : (shiftOf(stays.id, stays.index, getRow) ?? 0);
    const { first, last } = range.current;
    range.current = { first: first + shift, last: last + shift };
    isMoved.current = shift !== 0;
    if (isNew) table.scrollTop = 0;
    else if (shift !== 0) table.scrollTop += shift * rowHeight;
    shown.current = listed;
    noteTop();
  }, [frame, getRow, listed, rowHeight, noteTop]);

  useLayoutEffect(() => {
    if (at === null) return;
    const id = at.id ?? getRow(at.index)?.id;
    if (id === undefined) return;
    const shift = shiftOf(id, at.index, getRow) ?? 0;
    if (shift === 0 && at.id !== null) return;
    const index = at.index + shift;
    marks.setState({ at: { id, index } });
    if (shift === 0) return;
    const settle = (): void => setHidden(!isWhole(frame.current, index, rowHeight));
    if (!isMoved.current) return settle();
    // The table scrolls to a place that it is told, and knows of the move above only in the next frame.
    setHidden(true);
    isMoved.current = false;
    requestAnimationFrame(() => flushSync(settle));
  }, [frame, at, getRow, rowHeight]);

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = { first, last };
      noteTop();
      if (isWhole(frame.current, marks.getState().at?.index ?? -1, rowHeight)) setHidden(false);
    },
    [frame, rowHeight, noteTop],
  );
  const show = useCallback(() => flushSync(() => setHidden(false)), []);
  return { index: at === null || isHidden ? null : at.index, onRange, show };
}

/** Whether a row is in sight from edge to edge: one that is not would be scrolled to. */
function isWhole(frame: HTMLElement | null, index: number, rowHeight: number): boolean {
  const table = frame?.querySelector('[role=grid]');
  const headHeight = table?.querySelector('thead')?.offsetHeight ?? 0;
  if (!table || index < 0) return false;
  const rowsHeight = table.clientHeight - headHeight;
  return index * rowHeight >= table.scrollTop && (index + 1) * rowHeight <= table.scrollTop + rowsHeight;
}
