import type { Access, Surface } from '../ipc/core.ts';
import type { Dialogs } from './dialogs.ts';
import type { RecentFolders } from './recent.ts';
import type { WindowTheme } from './theme.ts';

export interface SurfaceParts {
  readonly access: Access;
  readonly dialogs: Dialogs;
  readonly recent: RecentFolders;
  readonly theme: WindowTheme;
}

/** The window of the app as the core sees it. */
export function appSurface({ access, dialogs, recent, theme }: SurfaceParts): Surface {
  return {
    transport: 'app',
    access,
    canSwitchWorkspace: true,
    deliver: async (name, write) => {
      const path = await dialogs.pickPlace(name);
      if (path === null) return { kind: 'cancelled' };
      await write(path);
      return { kind: 'saved', path };
    },
    pickFolder: async (purpose) => {
      const path = await dialogs.pickFolder(purpose);
      if (path === null) return null;
      access.grant(path);
      if (purpose === 'scans') recent.add(path);
      return path;
    },
    setTheme: (choice) => theme.set(choice),
  };
}
