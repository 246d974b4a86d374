import { describe, expect, it } from 'vitest';
import type { MenuItem } from '../../../src/main/app/electron-port.ts';
import { pushSchema } from '../../../src/main/ipc/contract.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { FakeElectron } from './fake-electron.ts';
import { startApp } from './start.ts';

function flat(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);
}

const namesOf = (items: readonly MenuItem[]): string[] => items.map(({ label }) => (label ?? '').replace(/&(?!&)/, ''));

function find(menu: readonly MenuItem[], label: string): MenuItem {
  const item = flat(menu).find((each) => each.label === label);
  if (item === undefined) throw new Error(`no item ${label}`);
  return item;
}

async function startedOn(platform: NodeJS.Platform, isPackaged = true) {
  const electron = new FakeElectron();
  electron.app.isPackaged = isPackaged;
  const app = await startApp({ electron, platform, argv: ['hilum', ...(isPackaged ? [] : ['.'])] });
  electron.window.webContents.emit('did-finish-load');
  return app;
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menus on %s', (platform) => {
  it('stand in the order of the guides', async () => {
    const { electron } = await startedOn(platform);
    const names = ['File', 'Edit', 'View', 'Scan', 'Model', 'Run', 'Window', 'Help'];
    expect(namesOf(electron.menu)).toEqual(platform === 'darwin' ? ['Hilum', ...names] : names);
  });

  it.each([
    ['Open Folder…', 'CmdOrCtrl+O', 'open-folder'],
    ['Open Workspace…', 'CmdOrCtrl+Shift+O', 'open-workspace'],
    ['Export…', 'CmdOrCtrl+E', 'export'],
    ['Print Report…', 'CmdOrCtrl+P', 'print'],
    ['Show Settings', 'CmdOrCtrl+6', 'settings'],
    ['Classify', 'CmdOrCtrl+1', 'show-classify'],
    ['Data', 'CmdOrCtrl+2', 'show-data'],
    ['Train', 'CmdOrCtrl+3', 'show-train'],
    ['Runs', 'CmdOrCtrl+4', 'show-runs'],
    ['Models', 'CmdOrCtrl+5', 'show-models'],
    ['Find…', 'CmdOrCtrl+F', 'find'],
    ['Keyboard Shortcuts (?)', undefined, 'help'],
    ['Licences', undefined, 'licences'],
  ])('%s (%s) asks the page for %s', async (label, accelerator, command) => {
    const { electron } = await startedOn(platform);
    const item = find(electron.menu, label);
    expect(item.accelerator).toBe(accelerator);
    item.click?.();
    const { sent } = electron.window.webContents;
    expect(sent).toEqual([{ channel: 'hilum/push', values: [{ topic: 'command', command, path: null }] }]);
    expect(pushSchema.safeParse(sent[0]?.values[0]).success).toBe(true);
  });

  it('open the settings by CmdOrCtrl+,', async () => {
    const { electron } = await startedOn(platform);
    const items = flat(electron.menu).filter(({ accelerator }) => accelerator === 'CmdOrCtrl+,');
    expect(items).toHaveLength(1);
    items[0]?.click?.();
    expect(electron.window.webContents.sent[0]?.values[0]).toMatchObject({ command: 'settings' });
  });

  it('use each accelerator once', async () => {
    const { electron } = await startedOn(platform);
    const accelerators = flat(electron.menu).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
    // A bare key would be taken out of every text field.
    for (const accelerator of accelerators) expect(accelerator).toMatch(/^CmdOrCtrl\+/);
  });

  it('leave to the system by role what it does itself', async () => {
    const { electron } = await startedOn(platform);
    const roles = flat(electron.menu).flatMap(({ role }) => role ?? []);
    const wanted = [
      'undo',
      'redo',
      'cut',
      'copy',
      'paste',
      'selectAll',
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
    ];
    expect(roles).toEqual(expect.arrayContaining([...wanted, 'minimize', 'close', 'quit', 'about', 'window', 'help']));
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
  });

  it('offer developer tools only when not packaged', async () => {
    const { electron } = await startedOn(platform, false);
    expect(flat(electron.menu).map(({ role }) => role)).toContain('toggleDevTools');
  });
});

it('Quit stands last in File, and on macOS in the menu of the app', async () => {
  const { electron } = await startedOn('linux');
  expect(electron.menu[0]?.submenu?.at(-1)).toMatchObject({ role: 'quit' });
  const mac = await startedOn('darwin');
  expect(mac.electron.menu[0]?.submenu?.at(-1)).toMatchObject({ role: 'quit' });
  expect(mac.electron.menu[1]?.submenu?.map(({ role }) => role)).not.toContain('quit');
});

describe('the theme', () => {
  const radios = (electron: FakeElectron) =>
    flat(electron.menu)
      .filter(({ type }) => type === 'radio')
      .map(({ label, checked }) => [label, checked]);

  it('is dark at the first start; the menu sets it, tells the page, and remembers it', async () => {
    const { electron, data } = await startedOn('linux');
    expect(electron.nativeTheme.themeSource).toBe('dark');
    expect(radios(electron)).toEqual([
      ['Dark Theme', true],
      ['Light Theme', false],
      ['Theme of the System', false],
    ]);
    find(electron.menu, 'Light Theme').click?.();
    expect(electron.nativeTheme.themeSource).toBe('light');
    expect(electron.window.webContents.sent[0]?.values[0]).toMatchObject({ command: 'theme-light' });
    expect(radios(electron)[1]).toEqual(['Light Theme', true]);
    electron.window.emit('close', { preventDefault: () => undefined });
    await expect.poll(() => electron.app.quits).toBe(1);
    const again = await startApp({ data });
    expect(again.electron.nativeTheme.themeSource).toBe('light');
    expect(again.electron.window.options.backgroundColor).toBe('#f4f4f5');
  });

  it('follows the page, and the colour behind the page follows the theme', async () => {
    const { electron, surroundings } = await startedOn('linux');
    surroundings().surface.setTheme('system');
    expect(electron.nativeTheme.themeSource).toBe('system');
    expect(radios(electron)[2]).toEqual(['Theme of the System', true]);
    expect(electron.window.webContents.sent).toEqual([]);
    electron.nativeTheme.themeSource = 'light';
    electron.nativeTheme.emit('updated');
    expect(electron.window.backgrounds).toEqual(['#f4f4f5']);
    electron.window.isGone = true;
    electron.nativeTheme.emit('updated');
    expect(electron.window.backgrounds).toHaveLength(1);
  });
});

describe('recent folders', () => {
  const labels = (electron: FakeElectron) => namesOf(find(electron.menu, 'Open Recent').submenu ?? []);

  async function withOpened(...folders: string[]) {
    const app = await startedOn('linux');
    for (const folder of folders) {
      app.electron.dialog.folder = folder;
      await app.surroundings().surface.pickFolder?.('scans');
    }
    return app;
  }

  it('are listed newest first, each once, ten at most', async () => {
    const { electron } = await withOpened(...Array.from({ length: 12 }, (_, index) => `/scans/${index}`), '/scans/5');
    expect(labels(electron).slice(0, 11)).toEqual([
      ...[5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((index) => `/scans/${index}`),
      '',
    ]);
  });

  it('say only as much of a path as fits, and no letter of it is a mnemonic', async () => {
    const { electron, data } = await withOpened(`/scans/${'long/'.repeat(30)}R&D\u0007`);
    const [label] = find(electron.menu, 'Open Recent').submenu?.map((item) => item.label ?? '') ?? [];
    expect(label).toMatch(/^….*R&&D�$/);
    expect(label?.length).toBeLessThan(64);
    const home = await withOpened(`${data}/x`);
    expect(labels(home.electron)[0]).toBe(`${data}/x`);
  });

  it('open again, and may be read again, after a restart', async () => {
    const scans = temporaryFolder();
    const { electron, data } = await withOpened(scans);
    electron.window.emit('close', { preventDefault: () => undefined });
    await expect.poll(() => electron.app.quits).toBe(1);
    const again = await startApp({ data });
    again.electron.window.webContents.emit('did-finish-load');
    const { access } = again.surroundings().surface;
    await expect(access.require(scans)).rejects.toMatchObject({ code: 'access/outside' });
    find(again.electron.menu, 'Open Recent').submenu?.[0]?.click?.();
    await expect.poll(() => again.electron.window.webContents.sent).toHaveLength(1);
    expect(again.electron.window.webContents.sent[0]?.values[0]).toMatchObject({ command: 'open-folder', path: scans });
    await expect(access.require(scans)).resolves.toBe(scans);
  });

  it('are forgotten on request, here and by the system', async () => {
    const { electron } = await withOpened('/scans/a');
    expect(electron.app.recent).toEqual(['/scans/a']);
    find(electron.menu, 'Clear Recent').click?.();
    expect(electron.app.recent).toEqual([]);
    expect(labels(electron)[0]).toBe('No folders yet');
    expect(find(electron.menu, 'Clear Recent').enabled).toBe(false);
  });

  it('are not kept at all when the user says so', async () => {
    const { electron, surroundings } = await withOpened('/scans/a');
    find(electron.menu, 'Remember Opened Folders').click?.();
    expect(find(electron.menu, 'Remember Opened Folders').checked).toBe(false);
    electron.dialog.folder = '/scans/b';
    await surroundings().surface.pickFolder?.('scans');
    expect(labels(electron)[0]).toBe('No folders yet');
    expect(electron.app.recent).toEqual([]);
    find(electron.menu, 'Remember Opened Folders').click?.();
    await surroundings().surface.pickFolder?.('scans');
    expect(labels(electron)[0]).toBe('/scans/b');
  });
});
