import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { FakeElectron, FakeEvent } from './fake-electron.ts';
import { startApp } from './start.ts';

/** Steps of FAULTS section 3, as the fake sees them. */
const order = [
  'setPath userData',
  'setPath sessionData',
  'requestSingleInstanceLock',
  'enableSandbox',
  'registerSchemesAsPrivileged',
  'ready',
  'protocol.handle app',
  'onBeforeRequest',
  'setPermissionRequestHandler',
  'app.on web-contents-created',
  'app.on certificate-error',
  'new BrowserWindow',
];

it('[A12] takes every step of the hardening in its order, the lock before all that opens files', async () => {
  const { electron } = await startApp();
  const steps = electron.log.filter((step) => order.includes(step));
  // Ready came early on this machine; what must wait for it waits all the same.
  expect(steps.filter((step) => step !== 'ready')).toEqual(order.filter((step) => step !== 'ready'));
  expect(electron.log.indexOf('openCore')).toBeGreaterThan(electron.log.indexOf('new BrowserWindow'));
});

it('[A12] does before ready what counts only before ready', async () => {
  const electron = new FakeElectron();
  const starting = startApp({ electron });
  // Everything up to `whenReady` runs in the first turn.
  expect(electron.log.slice(0, 5)).toEqual(order.slice(0, 5));
  await starting;
});

it('[E9] keeps its data where the command line keeps it, readable by the user alone', async () => {
  const { electron, userData } = await startApp();
  expect(electron.app.paths).toEqual({ userData, sessionData: join(userData, 'session') });
  expect(statSync(userData).mode & 0o777).toBe(0o700);
});

it('[A12] a second start opens nothing, says so and exits 75', async () => {
  const electron = new FakeElectron();
  electron.app.hasLock = false;
  const { said, userData } = await startApp({ electron, argv: ['hilum', 'scans'] });
  expect(electron.app.exits).toEqual([75]);
  expect(said.join('')).toContain('running already');
  expect(electron.log).toEqual([
    'setPath userData',
    'setPath sessionData',
    'requestSingleInstanceLock',
    'exit 75',
    'ready',
  ]);
  expect(readdirSync(userData)).toEqual([]);
  expect(electron.windows).toEqual([]);
});

it('[A6] gives the scheme of the page no right beyond what it needs', async () => {
  const { electron } = await startApp();
  expect(electron.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});

it.each([
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
  ['plugins', false],
  ['navigateOnDragDrop', false],
  ['spellcheck', false],
  ['disableBlinkFeatures', 'Auxclick'],
  ['devTools', false],
  ['safeDialogs', true],
  ['preload', '/app/out/main/preload.cjs'],
] as const)('the page runs with %s = %s', async (name, value) => {
  const { electron } = await startApp();
  const { webPreferences } = electron.window.options;
  expect(webPreferences?.[name]).toBe(value);
  expect(Object.isFrozen(webPreferences)).toBe(true);
  expect(Object.keys(webPreferences ?? {})).toHaveLength(16);
});

it('opens developer tools only when it is not packaged', async () => {
  const electron = new FakeElectron();
  electron.app.isPackaged = false;
  await startApp({ electron, argv: ['electron', '.'] });
  expect(electron.window.options.webPreferences?.devTools).toBe(true);
});

it('[D8] says in the title what it is not for, whatever the page calls itself', async () => {
  const { electron } = await startApp();
  expect(electron.window.options).toMatchObject({
    title: 'Hilum — Research use only. Not for diagnosis.',
    minWidth: 1024,
    minHeight: 700,
    show: false,
    backgroundColor: '#131314',
    windowStatePersistence: true,
    name: 'main',
  });
  const renamed = new FakeEvent();
  electron.window.emit('page-title-updated', renamed);
  expect(renamed.defaultPrevented).toBe(true);
  expect(JSON.stringify(electron.app.about)).toContain('Research use only. Not for diagnosis.');
});

it('shows the window when the page has drawn, and loads the one address', async () => {
  const { electron } = await startApp();
  expect(electron.window.did).toEqual([]);
  expect(electron.window.loaded).toEqual(['app://bundle/index.html']);
  electron.window.emit('ready-to-show');
  expect(electron.window.did).toEqual(['show']);
});

it('a core that cannot be opened ends in a sentence and its exit code', async () => {
  const openCore = async () => {
    throw new HilumError('workspace/busy');
  };
  const { electron } = await startApp({ openCore });
  expect(electron.dialog.errors).toEqual([
    { title: 'Hilum cannot go on', content: expect.stringContaining('Another Hilum process is writing') },
  ]);
  expect(electron.app.exits).toEqual([75]);
});

it('[F11] a data folder that cannot be made ends in a sentence, before anything else was touched', async () => {
  const data = join(temporaryFolder(), 'a-file');
  writeFileSync(data, '');
  const { electron } = await startApp({ data });
  expect(electron.dialog.errors[0]?.content).toMatch(/cannot be written|refused to write/);
  expect(electron.app.exits).toEqual([2]);
  expect(electron.log).toEqual(['exit 2', 'ready']);
});

it('a page that was not built ends in a sentence', async () => {
  const { electron } = await startApp({ page: temporaryFolder() });
  expect(electron.dialog.errors).toHaveLength(1);
  expect(electron.windows).toEqual([]);
});

it('[D2] a fault that nobody caught ends with its name, never with its message', async () => {
  const { electron, faults } = await startApp();
  expect([...faults.keys()].sort()).toEqual(['uncaughtException', 'unhandledRejection']);
  faults.get('unhandledRejection')?.(new TypeError('/scans/MUSTERMANN^MAX/1.dcm'));
  faults.get('uncaughtException')?.(new TypeError('again'));
  expect(electron.dialog.errors).toHaveLength(1);
  expect(electron.dialog.errors[0]?.content).toContain('TypeError');
  expect(JSON.stringify(electron.dialog.errors)).not.toContain('MUSTERMANN');
  expect(electron.app.exits).toEqual([1]);
});

function foldersOfScans(): { data: string; scans: string; file: string } {
  const data = temporaryFolder();
  const scans = join(data, 'scans');
  mkdirSync(scans);
  const file = join(scans, 'a.dcm');
  writeFileSync(file, 'x');
  return { data, scans, file };
}

it('opens a folder given at the start when the page is there, and may read it from then on', async () => {
  const { data, scans } = foldersOfScans();
  const app = await startApp({ data, argv: ['hilum', '--no-sandbox', 'scans'] });
  const { access } = app.surroundings().surface;
  await expect.poll(() => access.require(scans).catch(() => undefined)).toBe(scans);
  const { webContents } = app.electron.window;
  expect(webContents.sent).toEqual([]);
  webContents.emit('did-finish-load');
  expect(webContents.sent).toEqual([
    { channel: 'hilum/push', values: [{ topic: 'command', command: 'open-folder', path: scans }] },
  ]);
});

it('a second start hands its folders over, and the window comes to the front', async () => {
  const { data, scans, file } = foldersOfScans();
  const loser = new FakeElectron();
  loser.app.hasLock = false;
  await startApp({ electron: loser, data, argv: ['hilum', 'scans/a.dcm'] });
  expect(loser.app.lockData).toEqual({ paths: [file] });

  const { electron } = await startApp({ data });
  const { window } = electron;
  window.webContents.emit('did-finish-load');
  window.isSmall = true;
  electron.app.emit('second-instance', new FakeEvent(), [], '/', loser.app.lockData);
  await expect.poll(() => window.webContents.sent).toHaveLength(1);
  expect(window.webContents.sent[0]?.values).toEqual([{ topic: 'command', command: 'open-folder', path: scans }]);
  expect(window.did).toEqual(['restore', 'show', 'focus']);
});

it.each([
  ['nothing', undefined],
  ['a text', '/etc'],
  ['no list', { paths: '/etc' }],
  ['no texts', { paths: [1, null] }],
  ['too much', { paths: Array.from({ length: 101 }, () => '/etc') }],
])('a second start that hands over %s only shows the window', async (_name, data) => {
  const { electron, surroundings } = await startApp();
  electron.app.emit('second-instance', new FakeEvent(), ['hilum', '/etc'], '/', data);
  expect(electron.window.did).toEqual(['show', 'focus']);
  await expect(surroundings().surface.access.require('/etc')).rejects.toMatchObject({ code: 'access/outside' });
});

it('opens what the system hands over, and says when it is not there', async () => {
  const { data, scans } = foldersOfScans();
  const { electron } = await startApp({ data, platform: 'darwin' });
  electron.window.webContents.emit('did-finish-load');
  const event = new FakeEvent();
  electron.app.emit('open-file', event, scans);
  expect(event.defaultPrevented).toBe(true);
  await expect.poll(() => electron.window.webContents.sent).toHaveLength(1);
  electron.app.emit('open-file', new FakeEvent(), join(data, 'gone'));
  await expect.poll(() => electron.dialog.questions).toHaveLength(1);
  expect(electron.dialog.questions[0]?.message).toContain('not there');
  expect(electron.window.webContents.sent).toHaveLength(1);
});

it('loads the page again after its process died, three times at most', async () => {
  const { electron } = await startApp();
  const { webContents } = electron.window;
  webContents.emit('render-process-gone', new FakeEvent(), { reason: 'clean-exit' });
  for (let death = 1; death <= 3; death++) webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(webContents.reloads).toBe(3);
  expect(electron.app.exits).toEqual([]);
  webContents.emit('render-process-gone', {}, { reason: 'oom' });
  expect(webContents.reloads).toBe(3);
  expect(electron.app.exits).toEqual([1]);
});

it('pushes reach the page only once it is there; what came before is asked for by the page', async () => {
  const { electron, core } = await startApp();
  const { webContents } = electron.window;
  core.push({ topic: 'changed', what: 'runs' });
  expect(webContents.sent).toEqual([]);
  webContents.emit('did-finish-load');
  core.push({ topic: 'changed', what: 'models' });
  expect(webContents.sent).toEqual([{ channel: 'hilum/push', values: [{ topic: 'changed', what: 'models' }] }]);
  webContents.isGone = true;
  core.push({ topic: 'changed', what: 'batches' });
  expect(webContents.sent).toHaveLength(1);
});
