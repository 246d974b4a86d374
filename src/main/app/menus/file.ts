import type { MenuItem } from '../electron-port.ts';
import { type Menu, separator } from './menu-context.ts';
import { openRecentMenu } from './open-recent.ts';

export const fileMenu: Menu = (context) => {
  const { command, platform } = context;
  const last: MenuItem[] =
    platform === 'darwin'
      ? [{ role: 'close' }]
      : [
          { label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => command('settings') },
          separator,
          { role: 'quit', label: 'Quit', accelerator: 'CmdOrCtrl+Q' },
        ];
  return {
    label: '&File',
    submenu: [
      { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => command('open-folder') },
      openRecentMenu(context),
      { label: 'Open Workspace…', accelerator: 'CmdOrCtrl+Shift+O', click: () => command('open-workspace') },
      separator,
      { label: 'Export…', accelerator: 'CmdOrCtrl+E', click: () => command('export') },
      { label: 'Print Report…', accelerator: 'CmdOrCtrl+P', click: () => command('print') },
      separator,
      ...last,
    ],
  };
};
