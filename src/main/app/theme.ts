import type { ThemePort, WindowPort } from './electron-port.ts';
import type { SettingsStore, Theme } from './settings.ts';

/** Background of the page in both themes (`--bg` of its tokens): what a window shows before the page has drawn. */
const background = { dark: '#131314', light: '#f4f4f5' } as const;

/** Colours of frame, menus and dialogs, and `prefers-color-scheme` of the page. */
export interface WindowTheme {
  get(): Theme;
  set(theme: Theme): void;
  /** Colour behind the page right now. */
  background(): string;
  /** Keeps the colour behind the page right; also when the system's own choice changes. */
  follow(window: Pick<WindowPort, 'setBackgroundColor' | 'isDestroyed'>): void;
  onChange(listener: () => void): void;
}

export function windowTheme(nativeTheme: ThemePort, settings: SettingsStore): WindowTheme {
  const listeners: (() => void)[] = [];
  nativeTheme.themeSource = settings.get().theme;
  const behind = (): string => (nativeTheme.shouldUseDarkColors ? background.dark : background.light);
  return {
    get: () => nativeTheme.themeSource,
    set: (theme) => {
      if (nativeTheme.themeSource === theme) return;
      nativeTheme.themeSource = theme;
      settings.set({ theme });
      for (const listener of listeners) listener();
    },
    background: behind,
    follow: (window) => {
      nativeTheme.on('updated', () => {
        if (!window.isDestroyed()) window.setBackgroundColor(behind());
      });
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
