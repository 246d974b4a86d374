import type { MenuItem, MenuPort } from './electron-port.ts';
import { menus } from './menus/index.ts';
import type { MenuContext } from './menus/menu-context.ts';

export function menuTemplate(context: MenuContext): MenuItem[] {
  return menus.map((menu) => menu(context)).filter((menu) => menu !== undefined);
}

/** Puts the bar up, and again when the list of recent folders or the theme changes. */
export function showMenus(Menu: MenuPort, context: MenuContext): void {
  const show = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(context)));
  show();
  context.recent.onChange(show);
  context.theme.onChange(show);
}
