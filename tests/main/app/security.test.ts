import { expect, it } from 'vitest';
import { denyNavigation, denyWindow, isOwnAddress } from '../../../src/main/app/security.ts';
import { FakeContents, type FakeElectron, FakeEvent } from './fake-electron.ts';
import { hostileUrls } from './hostile-urls.ts';
import { startApp } from './start.ts';

const navigations = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const;

function passesRequest(electron: FakeElectron, url: string): boolean {
  let cancelled: boolean | undefined;
  electron.session_.beforeRequest?.({ url }, ({ cancel }) => {
    cancelled = cancel;
  });
  return cancelled === false;
}

it('[A4] has 200 hostile addresses to try', () => {
  expect(new Set(hostileUrls).size).toBe(200);
});

it('[A4] no page goes anywhere: 200 addresses by each kind of navigation', async () => {
  const { electron } = await startApp();
  const { webContents } = electron.window;
  for (const kind of navigations) {
    for (const url of [...hostileUrls, 'app://bundle/index.html']) {
      const event = Object.assign(new FakeEvent(), { url });
      webContents.emit(kind, event, url);
      expect(event.defaultPrevented, `${kind} ${url}`).toBe(true);
    }
  }
});

it('[A4] no page opens a window: 200 addresses', async () => {
  const { electron } = await startApp();
  for (const url of hostileUrls) expect(electron.window.webContents.openWindow?.({ url })).toEqual({ action: 'deny' });
  expect(electron.windows).toHaveLength(1);
});

it('[A4] also pages that somebody else makes are locked in', async () => {
  const { electron } = await startApp();
  const foreign = new FakeContents();
  electron.app.emit('web-contents-created', new FakeEvent(), foreign);
  for (const kind of navigations) {
    const event = new FakeEvent();
    foreign.emit(kind, event);
    expect(event.defaultPrevented).toBe(true);
  }
  expect(foreign.openWindow?.({ url: 'app://bundle/' })).toEqual({ action: 'deny' });
});

it('[A4] the guards say no by themselves', () => {
  const event = new FakeEvent();
  denyNavigation(event);
  expect(event.defaultPrevented).toBe(true);
  expect(denyWindow()).toEqual({ action: 'deny' });
});

it('[D7] no request leaves: 200 addresses are cancelled, those of the page pass', async () => {
  const { electron } = await startApp();
  for (const url of hostileUrls) {
    expect(isOwnAddress(url), url).toBe(false);
    expect(passesRequest(electron, url), url).toBe(false);
  }
  for (const url of ['app://bundle/index.html', 'app://bundle/assets/a.js', 'blob:app://bundle/1-2-3']) {
    expect(passesRequest(electron, url), url).toBe(true);
  }
});

it('gives no permission, asked in any of the three ways', async () => {
  const { electron } = await startApp();
  const { session_ } = electron;
  for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'usb', 'unknown']) {
    const answers: boolean[] = [];
    session_.permissionRequest?.({}, permission, (granted) => answers.push(granted));
    expect(answers).toEqual([false]);
  }
  expect(session_.permissionCheck?.()).toBe(false);
  expect(session_.devicePermission?.()).toBe(false);
});

it('[D7] loads no dictionaries and lets the page download nothing', async () => {
  const { electron } = await startApp();
  expect(electron.session_.spellChecker).toBe(false);
  const event = new FakeEvent();
  electron.session_.emit('will-download', event);
  expect(event.defaultPrevented).toBe(true);
});

it('excuses no certificate', async () => {
  const { electron } = await startApp();
  const event = new FakeEvent();
  const answers: boolean[] = [];
  electron.app.emit('certificate-error', event, {}, 'https://localhost', 'ERR', {}, (trust: boolean) =>
    answers.push(trust),
  );
  expect(event.defaultPrevented).toBe(true);
  expect(answers).toEqual([false]);
});
