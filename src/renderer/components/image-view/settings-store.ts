import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GreyWindow } from './grey-window.ts';
import { fitted, type Placement } from './placement.ts';

/** How the reader wants to see the images of one scan. */
export interface ViewSettings {
  /** null: what the image suggests. */
  readonly window: GreyWindow | null;
  readonly inverted: boolean;
  readonly placement: Placement;
}

export type SettingsStore = StoreApi<ViewSettings>;

export const freshSettings: ViewSettings = { window: null, inverted: false, placement: fitted };

export function createSettings(): SettingsStore {
  return createStore<ViewSettings>(() => freshSettings);
}
