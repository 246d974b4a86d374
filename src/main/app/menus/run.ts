import type { Menu } from './menu-context.ts';

export const runMenu: Menu = ({ command }) => ({
  label: '&Run',
  submenu: [{ label: 'Runs', accelerator: 'CmdOrCtrl+4', click: () => command('show-runs') }],
});
