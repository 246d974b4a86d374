import { useEffect, useRef, useState } from 'react';
import { useNewest } from '../../../use-newest.ts';

export interface FilterText {
  /** As it stands in the line; the list follows when nobody types for a moment. */
  readonly typed: string;
  setTyped(text: string): void;
}

const typingMs = 80;

/** The text of the filter line: what is typed leads, and what the address says follows or, when it changed itself, leads. */
export function useFilterText(filter: string, onFilter: (filter: string, replace: boolean) => void): FilterText {
  const [typed, setTyped] = useState(filter);
  const sent = useRef(filter);
  const newest = useNewest(onFilter);
  useEffect(() => {
    if (filter === sent.current) return;
    sent.current = filter;
    setTyped(filter);
  }, [filter]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = window.setTimeout(() => {
      const replace = sent.current !== '' && typed !== '';
      sent.current = typed;
      newest.current(typed, replace);
    }, typingMs);
    return () => window.clearTimeout(timer);
  }, [typed, newest]);
  return { typed, setTyped };
}
