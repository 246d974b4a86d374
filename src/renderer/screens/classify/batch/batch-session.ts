import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { call, type Row } from '../../../api.ts';
import { notifyError } from '../../../stores/notices.ts';
import type { Listing } from '../filter/listing.ts';
import { Selection } from '../selection/selection.ts';

/** The rows that the table has loaded. */
export interface TableRows {
  getRow(index: number): Row | undefined;
  patch(index: number, row: Row): void;
  reload(): void;
}

/** Rows of the table that is shown; undefined while they are not known. */
export interface ListCount {
  readonly shown: number | undefined;
}

/** What the parts of an open batch share without drawing one another again. */
export interface BatchSession {
  readonly batch: string;
  readonly selection: Selection;
  readonly table: { current: TableRows };
  readonly count: StoreApi<ListCount>;
  /** Puts the focus on the picture. */
  readonly focusImage: { current: () => void };
}

export function createBatchSession(batch: string, listing: Listing): BatchSession {
  return {
    batch,
    selection: new Selection(batch, listing, call, notifyError),
    table: { current: { getRow: () => undefined, patch: () => {}, reload: () => {} } },
    count: createStore<ListCount>(() => ({ shown: undefined })),
    focusImage: { current: () => {} },
  };
}

const context = createContext<BatchSession | null>(null);
export const BatchSessionProvider = context.Provider;

export function useBatchSession(): BatchSession {
  const session = useContext(context);
  if (session === null) throw new Error('no batch is open');
  return session;
}
