import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ScreenName } from '../stores/route.ts';

/** Each screen is loaded when it is first opened. */
export const screens: Readonly<Record<ScreenName, LazyExoticComponent<ComponentType>>> = {
  classify: lazy(() => import('../screens/classify/index.tsx')),
  data: lazy(() => import('../screens/data/index.tsx')),
  train: lazy(() => import('../screens/train/index.tsx')),
  runs: lazy(() => import('../screens/runs/index.tsx')),
  models: lazy(() => import('../screens/models/index.tsx')),
  settings: lazy(() => import('../screens/settings/index.tsx')),
};

export const Welcome = lazy(() => import('../screens/welcome/index.tsx'));
