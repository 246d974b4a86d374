import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from './placement.ts';

export interface CanvasSize extends Size {
  /** Device pixels of one CSS pixel. */
  readonly pixelRatio: number;
}

/** Size of an element in device pixels, exact also where the display is scaled by odd factors. */
export function useCanvasSize(element: RefObject<HTMLElement | null>): CanvasSize {
  const [size, setSize] = useState<CanvasSize>({ width: 0, height: 0, pixelRatio: 1 });
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize[0];
      if (box === undefined) return;
      setSize({ width: box.inlineSize, height: box.blockSize, pixelRatio: window.devicePixelRatio });
    });
    observer.observe(observed, { box: 'device-pixel-content-box' });
    return () => observer.disconnect();
  }, [element]);
  return size;
}
