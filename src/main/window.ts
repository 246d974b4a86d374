import { notice } from '../pipeline/domain/outcome.ts';
import type { ElectronPort, WindowPort } from './app/electron-port.ts';
import { webPreferences } from './app/web-preferences.ts';

export interface WindowOptions {
  /** Absolute path of the built preload script. */
  readonly preload: string;
  readonly isPackaged: boolean;
  readonly background: string;
}

/** The one window. Its title says what the program is not for, whatever the page calls itself (FAULTS D8). */
export function openWindow(
  { BrowserWindow }: Pick<ElectronPort, 'BrowserWindow'>,
  { preload, isPackaged, background }: WindowOptions,
): WindowPort {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    title: `Hilum — ${notice}`,
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    backgroundColor: background,
    show: false,
    webPreferences: webPreferences(preload, isPackaged),
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('ready-to-show', () => window.show());
  return window;
}

export function bringToFront(window: WindowPort): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
