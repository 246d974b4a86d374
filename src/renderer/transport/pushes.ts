import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Push } from '../../main/ipc/contract.ts';
import { useNewest } from '../use-newest.ts';
import { transport } from './call.ts';
import type { Connection } from './transport.ts';

const pushListeners = new Set<(push: Push) => void>();
const reconnectListeners = new Set<() => void>();
const connectionStore = createStore<{ connection: Connection }>(() => ({ connection: 'connecting' }));

/** Begins to listen to the core; once, at the start of the page. */
export function startPushes(): void {
  transport()?.listen(
    (push) => {
      for (const listener of pushListeners) listener(push);
    },
    (connection) => {
      const before = connectionStore.getState().connection;
      connectionStore.setState({ connection });
      if (before !== 'lost' || connection !== 'open') return;
      for (const listener of reconnectListeners) listener();
    },
  );
}

/** @returns how to stop listening */
export function onPush(listener: (push: Push) => void): () => void {
  pushListeners.add(listener);
  return () => pushListeners.delete(listener);
}

/** What was said while the connection was lost is unknown: whoever shows values asks again. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

/** The listener may be another one on each render. */
export function usePush(listener: (push: Push) => void): void {
  const newest = useNewest(listener);
  useEffect(() => onPush((push) => newest.current(push)), [newest]);
}

export function useConnection(): Connection {
  return useStore(connectionStore, ({ connection }) => connection);
}
