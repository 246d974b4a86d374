import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useLoadedApp } from './app.ts';
import { type Prefs, parsePrefs } from './prefs-schema.ts';

export type { Prefs, Theme } from './prefs-schema.ts';

const storageKey = 'hilum.prefs';
const store = createStore<Prefs>(() => parsePrefs(localStorage.getItem(storageKey)));

export function getPref<K extends keyof Prefs>(key: K): Prefs[K] {
  return store.getState()[key];
}

export function setPref<K extends keyof Prefs>(key: K, value: Prefs[K]): void {
  const next = { ...store.getState(), [key]: value };
  store.setState(next, true);
  localStorage.setItem(storageKey, JSON.stringify(next));
}

export function usePref<K extends keyof Prefs>(key: K): Prefs[K] {
  return useStore(store, (prefs) => prefs[key]);
}

/** Follows what another tab of the same browser sets; once, at the start of the page. */
export function startPrefs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === storageKey) store.setState(parsePrefs(event.newValue), true);
  });
}

export function onPrefs(listener: (prefs: Prefs) => void): () => void {
  return store.subscribe(listener);
}

/** Who reads: the name of the settings, else the login. */
export function useReader(): string {
  const chosen = usePref('reader');
  const { app } = useLoadedApp();
  return chosen || app?.login || 'reader';
}
