import { type RefObject, useLayoutEffect, useState } from 'react';

/** Width from which all columns of a table beside an image have room. */
export const roomyPx = 620;

/** Whether an element has less than so many CSS pixels of width. */
export function useIsNarrow(element: RefObject<HTMLElement | null>, leastPx: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setNarrow(entry.contentRect.width < leastPx);
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element, leastPx]);
  return narrow;
}
