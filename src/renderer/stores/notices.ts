import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { toApiError } from '../api.ts';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'info' | 'good' | 'problem';
  readonly action: { readonly label: string; run(): void } | undefined;
}

interface NewNotice {
  readonly text: string;
  readonly kind?: Notice['kind'];
  readonly action?: { readonly label: string; run(): void };
  /** Infinity: until it is closed. */
  readonly stayMs?: number;
}

const atOnce = 4;
const store = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));
let lastId = 0;

/** Shows a short text at the edge of the page and has it read out. @returns its id */
export function notify({ text, kind = 'info', action, stayMs }: NewNotice): number {
  const id = ++lastId;
  store.setState(({ notices }) => ({ notices: [...notices, { id, text, kind, action }].slice(-atOnce) }));
  const time = stayMs ?? (kind === 'problem' ? Infinity : action === undefined ? 5000 : 10_000);
  if (Number.isFinite(time)) window.setTimeout(() => dismissNotice(id), time);
  return id;
}

export function notifyError(error: unknown): void {
  notify({ text: toApiError(error).sentence, kind: 'problem' });
}

export function dismissNotice(id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

export function useNotices(): readonly Notice[] {
  return useStore(store, ({ notices }) => notices);
}
