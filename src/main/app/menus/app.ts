import { type Menu, separator } from './menu-context.ts';

/** The menu named like the program, which macOS has. */
export const appMenu: Menu = ({ platform, command }) =>
  platform !== 'darwin'
    ? undefined
    : {
        label: 'Hilum',
        submenu: [
          { role: 'about', label: 'About Hilum' },
          separator,
          { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => command('settings') },
          separator,
          { role: 'services' },
          separator,
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          separator,
          { role: 'quit' },
        ],
      };
