import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { call } from '../api.ts';
import { getPref, onPrefs, type Theme } from './prefs.ts';

export type ShownTheme = 'dark' | 'light';

const store = createStore<{ readonly shown: ShownTheme }>(() => ({ shown: 'dark' }));

/** Shows the chosen theme and tells the window's frame of it; once, at the start of the page. */
export function startTheme(): void {
  const lightSystem = matchMedia('(prefers-color-scheme: light)');
  const show = (): void => {
    const shown = resolve(getPref('theme'), lightSystem.matches);
    document.documentElement.dataset.theme = shown;
    store.setState({ shown });
  };
  let told: Theme | undefined;
  const tell = (): void => {
    const theme = getPref('theme');
    if (theme === told) return;
    told = theme;
    // Only the frame of the window would stay in the other theme: nothing that the reader must be told of.
    void call('app/theme', { theme }).catch(() => {});
  };
  show();
  tell();
  lightSystem.addEventListener('change', show);
  onPrefs(() => {
    show();
    tell();
  });
}

function resolve(theme: Theme, systemIsLight: boolean): ShownTheme {
  if (theme === 'system') return systemIsLight ? 'light' : 'dark';
  return theme;
}

/** The theme that is shown right now. */
export function useTheme(): ShownTheme {
  return useStore(store, ({ shown }) => shown);
}
