import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../../src/main/ipc/channels.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The binary that npm's package has fetched, or that the environment names; asking the package itself would download it. */
function findElectron(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

const binary = findElectron();
const name =
  binary === undefined ? 'the app on a real Electron (skipped: no Electron binary here)' : 'the app on a real Electron';

describe.skipIf(binary === undefined)(name, () => {
  const data = mkdtempSync(join(tmpdir(), 'hilum-test-'));
  let app: ElectronApplication;

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'tools', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
    // Chromium refuses its sandbox to root; nobody else starts it so.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    app = await _electron.launch({
      args: [...asRoot, root],
      env: { PATH: process.env.PATH ?? '', DISPLAY: process.env.DISPLAY ?? '', HOME: data, XDG_DATA_HOME: data },
      ...(binary === undefined ? {} : { executablePath: binary }),
    });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('opens its window and answers app/state', async () => {
    const page = await app.firstWindow();
    expect(page.url()).toMatch(/^app:\/\/bundle\/index\.html/);
    const titles = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.getTitle()),
    );
    expect(titles).toEqual(['Hilum — Research use only. Not for diagnosis.']);
    const state: unknown = await page.evaluate("window.hilum.calls['app/state']({})");
    expect(state).toMatchObject({ ok: true, value: { transport: 'app', canPickFolders: true } });
  });

  it('[A3] shows the page its functions and nothing of Node or Electron', async () => {
    const page = await app.firstWindow();
    const seen: unknown = await page.evaluate(
      "({ calls: Object.keys(window.hilum.calls), others: ['require', 'process', 'module', 'Buffer'].filter((each) => each in window) })",
    );
    expect(seen).toEqual({ calls: [...channels], others: [] });
  });
});
