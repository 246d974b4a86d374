import { relative, sep } from 'node:path';
import type { MenuItem } from '../electron-port.ts';
import { type MenuContext, separator } from './menu-context.ts';

const longestLabel = 60;

/** File → Open Recent. */
export function openRecentMenu({ recent, home, openRecent }: MenuContext): MenuItem {
  const folders = recent.list();
  const items: MenuItem[] = folders.map((folder) => ({
    label: labelOf(folder, home),
    click: () => openRecent(folder),
  }));
  return {
    label: 'Open Recent',
    submenu: [
      ...(items.length > 0 ? items : [{ label: 'No folders yet', enabled: false }]),
      separator,
      { label: 'Clear Recent', enabled: folders.length > 0, click: () => recent.clear() },
      {
        label: 'Remember Opened Folders',
        type: 'checkbox',
        checked: recent.isRemembering(),
        click: () => recent.setRemembering(!recent.isRemembering()),
      },
    ],
  };
}

/** The path, short enough for a menu: its end says more than its middle. */
function labelOf(folder: string, home: string): string {
  const belowHome = relative(home, folder);
  const isBelowHome = belowHome !== '' && !belowHome.startsWith('..') && belowHome !== folder;
  const path = isBelowHome ? `~${sep}${belowHome}` : folder;
  const short = path.length <= longestLabel ? path : `…${path.slice(1 - longestLabel)}`;
  // A single & would underline the next letter. A control character would draw over the menu.
  return short.replaceAll('&', '&&').replace(/\p{Cc}/gu, '�');
}
