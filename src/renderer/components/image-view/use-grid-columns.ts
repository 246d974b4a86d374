import { type RefObject, useLayoutEffect, useState } from 'react';

/** How many cells of a width stand beside one another in an element. */
export function useGridColumns(element: RefObject<HTMLElement | null>, cellWidth: number): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setColumns(Math.max(1, Math.floor(entry.contentRect.width / cellWidth)));
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element, cellWidth]);
  return columns;
}
