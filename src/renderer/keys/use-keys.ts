import { useEffect } from 'react';
import { useNewest } from '../use-newest.ts';
import { registry } from './listener.ts';
import type { KeyBinding } from './registry.ts';

export type { KeyBinding } from './registry.ts';

/** Registers what keys do while this component is there. The list may be another one on each render. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const newest = useNewest(bindings);
  useEffect(() => registry.add(() => newest.current), [newest]);
}
