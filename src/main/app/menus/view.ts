import type { MenuItem } from '../electron-port.ts';
import type { Theme } from '../settings.ts';
import { type Menu, type MenuContext, separator } from './menu-context.ts';

const themes: readonly (readonly [Theme, string])[] = [
  ['dark', 'Dark Theme'],
  ['light', 'Light Theme'],
  ['system', 'Theme of the System'],
];

export const viewMenu: Menu = (context) => {
  // Absent from what is shipped: nobody opens the inside of the page there.
  const forDevelopers: MenuItem[] = context.isPackaged
    ? []
    : [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  return {
    label: '&View',
    submenu: [
      ...themes.map(([theme, label]) => themeItem(context, theme, label)),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      separator,
      { label: 'Show Settings', accelerator: 'CmdOrCtrl+6', click: () => context.command('settings') },
      ...forDevelopers,
    ],
  };
};

function themeItem({ theme, command }: MenuContext, choice: Theme, label: string): MenuItem {
  return {
    label,
    type: 'radio',
    checked: theme.get() === choice,
    click: () => {
      theme.set(choice);
      command(`theme-${choice}`);
    },
  };
}
