import type { MenuItem } from '../electron-port.ts';
import { type Menu, separator } from './menu-context.ts';

export const helpMenu: Menu = ({ platform, command }) => {
  // macOS has it in the menu of the app.
  const about: MenuItem[] = platform === 'darwin' ? [] : [separator, { role: 'about', label: 'About Hilum' }];
  return {
    label: '&Help',
    role: 'help',
    submenu: [
      // No accelerator: a bare `?` in the menu would take the letter out of every text field. The page listens for it.
      { label: 'Keyboard Shortcuts (?)', click: () => command('help') },
      { label: 'Licences', click: () => command('licences') },
      ...about,
    ],
  };
};
