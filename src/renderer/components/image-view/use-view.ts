import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { call, type ImageRef, usePush } from '../../api.ts';
import { imageKey } from './image-key.ts';
import { ViewCache } from './view-cache.ts';
import { ViewLoader, type ViewState } from './view-loader.ts';

const cache = new ViewCache();

interface ShownView {
  readonly state: ViewState;
  retry(): void;
}

/** The view of an image; the ones in `ahead` are brought too, after it. */
export function useView(image: ImageRef, ahead: readonly ImageRef[]): ShownView {
  const loader = useMemo(() => new ViewLoader((asked) => call('images/view', { image: asked }), cache), []);
  const wanted = [image, ...ahead].map(imageKey).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the references are compared by their text
  useEffect(() => loader.want([image, ...ahead]), [loader, wanted]);
  usePush((push) => {
    if (push.topic === 'changed' && (push.what === 'workspace' || push.what === 'dataset')) loader.forget();
  });
  const state = useSyncExternalStore(loader.subscribe, () => loader.state(image));
  return { state, retry: () => loader.retry(image) };
}
