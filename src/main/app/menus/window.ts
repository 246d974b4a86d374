import type { MenuItem } from '../electron-port.ts';
import { type Menu, separator } from './menu-context.ts';

export const windowMenu: Menu = ({ platform }) => {
  const rest: MenuItem[] = platform === 'darwin' ? [separator, { role: 'front' }] : [{ role: 'close' }];
  return { label: '&Window', role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...rest] };
};
