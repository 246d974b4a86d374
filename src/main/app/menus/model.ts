import type { Menu } from './menu-context.ts';

export const modelMenu: Menu = ({ command }) => ({
  label: '&Model',
  submenu: [
    { label: 'Train', accelerator: 'CmdOrCtrl+3', click: () => command('show-train') },
    { label: 'Models', accelerator: 'CmdOrCtrl+5', click: () => command('show-models') },
  ],
});
