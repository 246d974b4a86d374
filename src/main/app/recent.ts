import type { AppPort } from './electron-port.ts';
import type { SettingsStore } from './settings.ts';

/** How many folders File → Open Recent lists. */
const longest = 10;

/** Folders that were opened, newest first. */
export interface RecentFolders {
  list(): readonly string[];
  add(folder: string): void;
  clear(): void;
  isRemembering(): boolean;
  /** Off forgets what is there, too. */
  setRemembering(remember: boolean): void;
  /** Told after each change. */
  onChange(listener: () => void): void;
}

/** The list lives in the window's settings; Windows and macOS keep one of their own, which follows. */
export function recentFolders(
  settings: SettingsStore,
  app: Pick<AppPort, 'addRecentDocument' | 'clearRecentDocuments'>,
): RecentFolders {
  const listeners: (() => void)[] = [];
  const change = (value: Parameters<SettingsStore['set']>[0]): void => {
    settings.set(value);
    for (const listener of listeners) listener();
  };
  return {
    list: () => settings.get().recentFolders.slice(0, longest),
    add: (folder) => {
      if (!settings.get().rememberFolders) return;
      const others = settings.get().recentFolders.filter((each) => each !== folder);
      app.addRecentDocument(folder);
      change({ recentFolders: [folder, ...others].slice(0, longest) });
    },
    clear: () => {
      app.clearRecentDocuments();
      change({ recentFolders: [] });
    },
    isRemembering: () => settings.get().rememberFolders,
    setRemembering: (remember) => {
      if (!remember) app.clearRecentDocuments();
      change(remember ? { rememberFolders: true } : { rememberFolders: false, recentFolders: [] });
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
