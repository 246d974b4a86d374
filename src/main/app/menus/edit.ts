import { type Menu, separator } from './menu-context.ts';

export const editMenu: Menu = () => ({
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    separator,
    { role: 'selectAll' },
  ],
});
