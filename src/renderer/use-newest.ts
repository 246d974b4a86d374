import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * The value of the newest render, for callbacks that outlive renders. Set before any effect runs: effects of children, which
 * come before those of their parents, see it too.
 */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value);
  useLayoutEffect(() => {
    newest.current = value;
  });
  return newest;
}
