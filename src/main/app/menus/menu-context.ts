import type { Command } from '../../ipc/contract.ts';
import type { MenuItem } from '../electron-port.ts';
import type { RecentFolders } from '../recent.ts';
import type { WindowTheme } from '../theme.ts';

/** What the menus need. */
export interface MenuContext {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Home folder of the user: written as `~`. */
  readonly home: string;
  readonly recent: RecentFolders;
  readonly theme: WindowTheme;
  /** Asks the page for something. */
  command(command: Command): void;
  /** Opens a folder that was opened before. */
  openRecent(folder: string): void;
}

/** One menu of the bar; undefined where the platform has none. */
export type Menu = (context: MenuContext) => MenuItem | undefined;

export const separator: MenuItem = Object.freeze({ type: 'separator' });
