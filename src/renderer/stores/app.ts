import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type ApiError, type AppState, call, toApiError } from '../api.ts';
import { onPush, onReconnect } from '../transport/pushes.ts';

interface Loaded {
  readonly app: AppState | undefined;
  readonly error: ApiError | undefined;
}

const store = createStore<Loaded>(() => ({ app: undefined, error: undefined }));

/** Asks the core anew what it is; the old answer stays until then. */
export async function reloadApp(): Promise<void> {
  try {
    store.setState({ app: await call('app/state', {}), error: undefined });
  } catch (error) {
    store.setState({ error: toApiError(error) });
  }
}

/** Loads the state of the core and keeps it; once, at the start of the page. */
export function startApp(): void {
  void reloadApp();
  onReconnect(() => void reloadApp());
  onPush((push) => {
    if (push.topic === 'changed' && (push.what === 'workspace' || push.what === 'models')) void reloadApp();
  });
}

/** For the frame: the state may not be there yet. */
export function useLoadedApp(): Loaded {
  return useStore(store);
}

/** State of the core. Only below the frame, which waits for it. */
export function useApp(): AppState {
  const app = useStore(store, (state) => state.app);
  if (app === undefined) throw new Error('useApp before the state of the core was loaded');
  return app;
}
