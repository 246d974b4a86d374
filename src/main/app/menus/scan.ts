import { type Menu, separator } from './menu-context.ts';

export const scanMenu: Menu = ({ command }) => ({
  label: '&Scan',
  submenu: [
    { label: 'Classify', accelerator: 'CmdOrCtrl+1', click: () => command('show-classify') },
    { label: 'Data', accelerator: 'CmdOrCtrl+2', click: () => command('show-data') },
    separator,
    { label: 'Find…', accelerator: 'CmdOrCtrl+F', click: () => command('find') },
  ],
});
