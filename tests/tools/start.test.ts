import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildHilum } from '../helpers/hilum.ts';
import { temporaryFolder } from '../helpers/records.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
buildHilum();

interface Started {
  readonly folder: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  stop(signal: NodeJS.Signals): void;
}

/** A program of the system that notes what it was started with. */
function notingProgram(path: string): void {
  writeFileSync(path, `#!/bin/sh\necho "$@" >> "$NOTES"\nenv | grep HILUM_TOKEN >> "$NOTES"\nexit 7\n`);
  chmodSync(path, 0o755);
}

/** `npm start` with an Electron of ours, or none, and a browser of ours. */
function start(folder: string, words: readonly string[] = []): Started {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const name of ['xdg-open', 'open']) notingProgram(join(folder, 'bin', name));
  const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs'), ...words], {
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      NOTES: join(folder, 'notes'),
      XDG_DATA_HOME: join(folder, 'data'),
      ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'electron'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += String(piece)));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { folder, output: () => output, ended, stop: (signal) => child.kill(signal) };
}

const notes = (folder: string): string =>
  existsSync(join(folder, 'notes')) ? readFileSync(join(folder, 'notes'), 'utf8') : '';

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('without Electron opens the window in the browser and says so in one line; the token is on no command line', async () => {
    const folder = temporaryFolder();
    const { output, ended, stop } = start(folder);
    const line =
      /Electron is not installed here: opening the same window in your browser at (http:\/\/127\.0\.0\.1:\d+\/)#token=([\w-]{43})\n/;
    await expect.poll(output, { timeout: 60_000 }).toMatch(line);
    const [, url = '', token = ''] = line.exec(output()) ?? [];
    await expect.poll(() => notes(folder), { timeout: 10_000 }).toMatch(new RegExp(`^${url}open/[\\w-]{43}\n$`));
    expect(notes(folder)).not.toContain(token);
    expect(await (await fetch(notes(folder).trim())).text()).toContain(`#token=${token}`);
    expect(output()).toContain('Research use only. Not for diagnosis.');
    stop('SIGTERM');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('with Electron starts it on this program and ends as it ends', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'electron'));
    notingProgram(join(folder, 'electron', 'electron'));
    const { ended, output } = start(folder, ['--some-option']);
    expect(await ended).toBe(7);
    expect(notes(folder)).toBe(`${root} --some-option\n`);
    expect(output()).not.toContain('browser');
  });
});
