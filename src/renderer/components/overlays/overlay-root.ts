import { createContext, useContext } from 'react';

/** Where floating parts are put: the body, or the modal dialog that would cover them there. */
export const overlayRoot = createContext<HTMLElement | null>(null);

export function useOverlayRoot(): HTMLElement | undefined {
  return useContext(overlayRoot) ?? undefined;
}
