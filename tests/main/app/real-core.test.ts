import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appStateSchema } from '../../../src/main/ipc/contract/app.ts';
import { openCore } from '../../../src/main/session/index.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { FakeElectron, FakeEvent, FakeFrame } from './fake-electron.ts';
import { startApp } from './start.ts';

/** The app on the fake, with the real core behind it: real records, a real workspace in a folder of its own. */
async function appOnCore(data = temporaryFolder(), electron = new FakeElectron()) {
  const app = await startApp({
    data,
    electron,
    openCore: (surroundings) => openCore({ ...surroundings, env: { XDG_DATA_HOME: data } }),
  });
  return app;
}

async function closed({ electron }: Awaited<ReturnType<typeof appOnCore>>): Promise<void> {
  electron.window.emit('close', new FakeEvent());
  await expect.poll(() => electron.app.quits).toBe(1);
}

it('the page of the app reaches the real core, and a foreign frame does not', async () => {
  const app = await appOnCore();
  const reply = Object(await app.electron.call('app/state', {}));
  expect(reply.ok).toBe(true);
  expect(appStateSchema.parse(reply.value)).toMatchObject({
    transport: 'app',
    canPickFolders: true,
    canUpload: false,
    canSwitchWorkspace: true,
    workspace: { root: join(app.userData, 'workspace'), isDefault: true },
  });
  const refused = await app.electron.call('app/state', {}, new FakeFrame());
  expect(refused).toMatchObject({ ok: false, error: { code: 'access/refused' } });
  await closed(app);
});

it('the dialogs and the theme of the app are those of the core', async () => {
  const app = await appOnCore();
  app.electron.dialog.folder = app.data;
  expect(await app.electron.call('folders/pick', { purpose: 'scans' })).toEqual({
    ok: true,
    value: { path: app.data },
  });
  expect(await app.electron.call('app/theme', { theme: 'light' })).toEqual({ ok: true, value: {} });
  expect(app.electron.nativeTheme.themeSource).toBe('light');
  await closed(app);
});

it('[A12] the workspace is free again when the window is closed, and a second writer meanwhile is told', async () => {
  const first = await appOnCore();
  await first.electron.call('app/state', {});
  const second = await appOnCore(first.data);
  await expect.poll(() => second.electron.app.exits).toEqual([75]);
  expect(second.electron.dialog.errors[0]?.content).toContain('Another Hilum process');
  await closed(first);
  const third = await appOnCore(first.data);
  expect(await third.electron.call('app/state', {})).toMatchObject({ ok: true });
  await closed(third);
  expect(existsSync(join(first.userData, 'window.json'))).toBe(false);
});
