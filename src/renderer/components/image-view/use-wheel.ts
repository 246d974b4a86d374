import { type RefObject, useEffect, useRef } from 'react';
import { zoomed } from './placement.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Step } from './step.ts';
import { fromMiddle } from './use-pointer-tools.ts';
import { wheelSteps } from './wheel-steps.ts';

/** Wheel: through the scan; with Ctrl: zoom about the pointer. */
export function useWheel(stage: RefObject<HTMLElement | null>, settings: SettingsStore, onStep?: (step: Step) => void) {
  const newest = useRef(onStep);
  useEffect(() => {
    newest.current = onStep;
  });
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    let rest = 0;
    const turn = (event: WheelEvent): void => {
      // React listens passively: only a listener of our own can keep the page from zooming.
      event.preventDefault();
      if (event.ctrlKey) {
        const factor = Math.exp(-Math.sign(event.deltaY) * Math.min(0.2, Math.abs(event.deltaY) / 300));
        const about = fromMiddle(event);
        settings.setState(({ placement }) => ({ placement: zoomed(placement, factor, about) }));
        return;
      }
      const turned = wheelSteps(rest, event.deltaY, event.deltaMode);
      rest = turned.rest;
      if (turned.steps !== 0) newest.current?.(turned.steps > 0 ? 'next' : 'previous');
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [stage, settings]);
}
