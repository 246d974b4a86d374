import { type RefObject, useEffect, useRef } from 'react';

/** Whether `z` is held: then a drag zooms. */
export function useZoomKey(): RefObject<boolean> {
  const held = useRef(false);
  useEffect(() => {
    const release = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key.toLowerCase() === 'z') held.current = false;
    };
    window.addEventListener('keyup', release);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', release);
    };
  }, []);
  return held;
}
