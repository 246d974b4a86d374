import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliPath } from '../../helpers/cli.ts';
import { testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const hasKeyring = process.platform === 'linux' && isThere('dbus-run-session') && isThere('gnome-keyring-daemon');

beforeAll(buildHilum);

/** Runs lines of shell beside a Secret Service of their own: the user's keychain is never touched. */
function inSession(folder: string, unlock: boolean, lines: readonly string[]): string {
  // It ends with the session's bus.
  const start = unlock ? 'printf hunter2 | gnome-keyring-daemon --components=secrets --unlock > control' : ':';
  const script = [start, `hilum() { "${process.execPath}" "${cliPath}" "$@" 2>&1; echo "exit $?"; }`, ...lines];
  return execFileSync('dbus-run-session', ['--', 'bash', '-c', script.join('\n')], {
    cwd: folder,
    env: {
      ...process.env,
      HILUM_KEYCHAIN: 'on',
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
    encoding: 'utf8',
  });
}

describe.skipIf(!hasKeyring)('a real Secret Service (gnome-keyring, in a D-Bus session of its own)', () => {
  it('keeps the private half: a model is signed with it, and nothing of it lies in a file of ours', async () => {
    const folder = await testFolder();
    await sealTinyModel(join(folder, 'model'));
    const said = inSession(folder, true, [
      'hilum keys make --name Ada',
      'hilum models sign model',
      'hilum models verify model',
      'grep -rl "PRIVATE KEY" data/hilum; echo "grep $?"',
    ]);
    expect(said).toContain('the private half is in the keychain');
    expect(said).toContain('Signed by Ada on');
    expect(said.match(/^exit 0$/gm)).toHaveLength(3);
    expect(said).toContain('grep 1');
  });

  it('one that is locked, with nobody to unlock it: a sentence and exit 2, no waiting, nothing signed', async () => {
    const folder = await testFolder();
    await sealTinyModel(join(folder, 'model'));
    expect(inSession(folder, true, ['hilum keys make --name Ada'])).toContain('exit 0');
    const said = inSession(folder, false, ['hilum models sign model', 'hilum keys make --name Eve', 'hilum keys list']);
    expect(said).toContain('(key/missing)');
    expect(said).toContain('(keychain/unavailable)');
    expect(said.match(/locked or does not let this program in/g)).toHaveLength(2);
    expect(said.match(/^exit 2$/gm)).toHaveLength(2);
    expect(said).not.toContain('Eve');
    expect(existsSync(join(folder, 'model', 'signature.json'))).toBe(false);
  });
});
