import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { folderOf, parseStartData, pathsGiven } from '../../../src/main/app/arguments.ts';
import { openSettings } from '../../../src/main/app/settings.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { startApp } from './start.ts';

type Started = Awaited<ReturnType<typeof startApp>>;
let app: Started;
beforeEach(async () => {
  app = await startApp();
});

describe('a folder that the user picks', () => {
  it.each([
    ['scans', 'Choose a folder of scans', ['/scans/a']],
    ['dataset', 'Choose the folder of the dataset', []],
    ['model', 'Choose the folder of a sealed model', []],
    ['workspace', 'Choose the folder of a workspace', []],
  ] as const)('for %s is asked for by name', async (purpose, title, recent) => {
    app.electron.dialog.folder = '/scans/a';
    expect(await app.surroundings().surface.pickFolder?.(purpose)).toBe('/scans/a');
    expect(app.electron.dialog.opened[0]).toMatchObject({
      title,
      properties: expect.arrayContaining(['openDirectory']),
    });
    // Only scans are opened again and again from the menu.
    expect(app.electron.app.recent).toEqual(recent);
  });

  it('may be read, with all below it, and nothing beside it', async () => {
    const parent = temporaryFolder();
    const chosen = join(parent, 'chosen');
    mkdirSync(join(chosen, 'below'), { recursive: true });
    mkdirSync(join(parent, 'chosen-not'));
    symlinkSync('/etc', join(chosen, 'way-out'));
    const { surface } = app.surroundings();
    app.electron.dialog.folder = chosen;
    await surface.pickFolder?.('dataset');
    await expect(surface.access.require(join(chosen, 'below'))).resolves.toBe(join(chosen, 'below'));
    for (const outside of [
      parent,
      join(parent, 'chosen-not'),
      join(chosen, '..'),
      join(chosen, 'way-out', 'hostname'),
      'chosen',
    ]) {
      await expect(surface.access.require(outside)).rejects.toMatchObject({ code: 'access/outside' });
    }
    await expect(surface.access.require(join(chosen, 'gone'))).rejects.toMatchObject({ code: 'source/missing' });
    expect(surface.access.roots).toEqual([]);
  });

  it('is null when the dialog was closed', async () => {
    expect(await app.surroundings().surface.pickFolder?.('scans')).toBeNull();
    expect(app.electron.app.recent).toEqual([]);
  });
});

describe('a file for the user', () => {
  it('is made where they say', async () => {
    const path = join(temporaryFolder(), 'report.html');
    app.electron.dialog.file = path;
    const { deliver } = app.surroundings().surface;
    const made = await deliver('incoming.html', async (place) => writeFileSync(place, 'report'));
    expect(made).toEqual({ kind: 'saved', path });
    expect(readFileSync(path, 'utf8')).toBe('report');
    expect(app.electron.dialog.saved[0]?.defaultPath).toBe('incoming.html');
    await deliver('second.csv', async () => undefined);
    expect(app.electron.dialog.saved[1]?.defaultPath).toBe(join(path, '..', 'second.csv'));
  });

  it('is not made when the dialog was closed', async () => {
    const made = await app.surroundings().surface.deliver('a.csv', async () => {
      throw new Error('nothing may be written');
    });
    expect(made).toEqual({ kind: 'cancelled' });
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['.bashrc', 'bashrc'],
    ['a\0b\n<c>.csv', 'a_b__c_.csv'],
    ['..', 'hilum'],
    ['', 'hilum'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('of the name %j is proposed as %j', async (name, proposal) => {
    await app.surroundings().surface.deliver(name, async () => undefined);
    expect(app.electron.dialog.saved[0]?.defaultPath).toBe(proposal);
  });
});

describe('the settings of the window', () => {
  it('are written whole, and their last good copy counts when a crash cut them', async () => {
    const folder = temporaryFolder();
    const settings = await openSettings(folder);
    expect(settings.get()).toEqual({ theme: 'dark', recentFolders: [], rememberFolders: true });
    settings.set({ theme: 'light' });
    settings.set({ recentFolders: ['/scans/a'] });
    await settings.settled();
    writeFileSync(join(folder, 'window.json'), '{"theme":"li');
    expect((await openSettings(folder)).get()).toEqual({
      theme: 'light',
      recentFolders: ['/scans/a'],
      rememberFolders: true,
    });
  });

  it.each(['', 'null', '[]', '{"theme":"pink","recentFolders":[1],"rememberFolders":"yes"}'])(
    'begin anew where %j stands',
    async (text) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'window.json'), text);
      expect((await openSettings(folder)).get()).toEqual({ theme: 'dark', recentFolders: [], rememberFolders: true });
    },
  );

  it('[F10] that cannot be written cost nothing but themselves', async () => {
    const folder = join(temporaryFolder(), 'a-file');
    writeFileSync(folder, '');
    const settings = await openSettings(folder);
    settings.set({ theme: 'system' });
    await settings.settled();
    expect(settings.get().theme).toBe('system');
  });
});

describe('what is given at the start', () => {
  it.each([
    [['hilum', 'a', '/b'], true, ['/home/a', '/b']],
    [['electron', '.', 'a'], false, ['/home/a']],
    [['electron', '--no-sandbox', '.', '--inspect', 'a'], false, ['/home/a']],
    [['hilum'], true, []],
    [['hilum', '', '--', '-x', '--user-data-dir=/x'], true, []],
  ] as const)('%j: packaged %s → %j', (argv, isPackaged, paths) => {
    expect(pathsGiven(argv, '/home', isPackaged)).toEqual(paths);
  });

  it('comes from another process, and is checked', () => {
    expect(parseStartData({ paths: ['/a'] })).toEqual(['/a']);
    for (const bad of [null, [], 'x', { paths: [''] }, { paths: ['x'.repeat(5000)] }])
      expect(parseStartData(bad)).toEqual([]);
  });

  it('means a folder: the one of a file, none of what is no file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.png'), '');
    expect(await folderOf(folder)).toBe(folder);
    expect(await folderOf(join(folder, 'a.png'))).toBe(folder);
    expect(await folderOf('/dev/null')).toBeUndefined();
    expect(await folderOf('/nowhere')).toBeUndefined();
  });
});
