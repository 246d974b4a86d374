import { type RefObject, useEffect } from 'react';

/** While active, only what lies in the element can have the focus: it covers the rest of the page. Notices stay. */
export function useSoleFocus(element: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const silenced: HTMLElement[] = [];
    for (let inner: HTMLElement | null = element.current; inner !== null; inner = inner.parentElement) {
      for (const beside of inner.parentElement?.children ?? []) {
        const isCovered = beside !== inner && beside instanceof HTMLElement && !beside.inert;
        if (isCovered && beside.getAttribute('aria-live') === null) silenced.push(beside);
      }
      if (inner.parentElement === document.body) break;
    }
    for (const beside of silenced) beside.inert = true;
    return () => {
      for (const beside of silenced) beside.inert = false;
    };
  }, [element, active]);
}
