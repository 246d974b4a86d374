import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OpenCoreOptions, serveCommand } from '../../../src/main/cli/commands/serve.ts';
import type { CliContext } from '../../../src/main/cli/context.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { hilum } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { fakeCore } from '../../helpers/served.ts';

const operator = 'operators-own-token-0123456789';

interface Running {
  /** Everything on stdout and on stderr. */
  readonly data: readonly string[];
  readonly words: readonly string[];
  readonly opened: OpenCoreOptions | undefined;
  readonly events: readonly string[];
  readonly cwd: string;
  stop(): void;
  readonly ended: Promise<number>;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly json?: boolean;
  readonly prepare?: (cwd: string) => Promise<unknown>;
}

/** Runs the command in this process, with its real server and any core, until it has told its address. */
async function start(given: Readonly<Record<string, unknown>>, surroundings: Surroundings = {}): Promise<Running> {
  const cwd = realpathSync(temporaryFolder());
  mkdirSync(join(cwd, 'page'));
  writeFileSync(join(cwd, 'page', 'index.html'), '<title>Hilum</title>');
  await surroundings.prepare?.(cwd);
  const [data, words, events]: [string[], string[], string[]] = [[], [], []];
  let opened: OpenCoreOptions | undefined;
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const command = serveCommand({
    rendererFolder: join(cwd, 'page'),
    openCore: async (options) => {
      opened = options;
      const close = async (): Promise<void> => void events.push('core closed');
      return { ...fakeCore(() => ({ ok: true, value: {} })), close };
    },
  });
  let announce = (): void => undefined;
  const announced = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const context: CliContext = {
    cwd,
    env: { XDG_DATA_HOME: join(cwd, 'data'), ...surroundings.env },
    json: surroundings.json ?? false,
    signal: stopping.signal,
    data: (text) => {
      data.push(text);
      announce();
    },
    say: (line) => words.push(line),
    now: () => '2026-01-01T00:00:00.000Z',
    newId: () => 'id',
    openWorker: () => Promise.reject(new Error('no worker here')),
    showProgress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const ended = command.run(given, context);
  await Promise.race([announced, ended.catch(() => undefined)]);
  return { data, words, events, cwd, ended, stop: () => stopping.abort(), opened };
}

describe('hilum serve', () => {
  it('prints one address with a new token, says the notice, answers, and ends with 0', async () => {
    const running = await start({});
    const [line = ''] = running.data;
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
    expect(running.words).toEqual(['Research use only. Not for diagnosis.']);
    expect((await fetch(new URL('health', line))).status).toBe(200);
    expect(running.opened?.surface).toMatchObject({ transport: 'browser', canSwitchWorkspace: true });
    expect(running.opened?.surface.access.roots).toEqual([realpathSync(homedir())]);
    running.stop();
    expect(await running.ended).toBe(0);
    expect(running.events).toEqual(['core closed']);
    await expect(fetch(new URL('health', line))).rejects.toThrow();
  });

  it('with --json says the same for programs', async () => {
    const { data } = await start({}, { json: true });
    const { url, port, token, pid } = JSON.parse(data.join(''));
    expect([url, pid]).toEqual([`http://127.0.0.1:${port}/#token=${token}`, process.pid]);
  });

  it("never writes the operator's token, and takes it from a file or the environment", async () => {
    const inFile = await start(
      { tokenFile: 'token.txt' },
      { prepare: async (cwd) => writeFileSync(join(cwd, 'token.txt'), `${operator}\n`) },
    );
    const inEnvironment = await start({}, { env: { HILUM_TOKEN: operator }, json: true });
    for (const { data, words } of [inFile, inEnvironment]) expect([...data, ...words].join()).not.toContain(operator);
    const url = inFile.data.join('').trim();
    const ask = (given: string) =>
      fetch(`${url}api/app/state`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${given}`, 'Content-Type': 'application/json' },
        body: '{}',
      });
    expect((await ask(operator)).status).toBe(200);
    expect((await ask(`${operator}x`)).status).toBe(401);
    expect(JSON.parse(inEnvironment.data.join(''))).toMatchObject({ token: null });
  });

  it('in a named workspace it stays there, and its uploads lie in it', async () => {
    const { opened, cwd } = await start(
      { workspace: 'study' },
      { prepare: (at) => initWorkspace(join(at, 'study'), {}) },
    );
    expect(opened?.workspace).toBe(join(cwd, 'study'));
    expect(opened?.surface.canSwitchWorkspace).toBe(false);
    const upload = (await opened?.surface.uploads?.begin({ id: 'page' })) ?? '';
    const place = join(cwd, 'study', '.hilum', 'uploads', upload);
    expect(await opened?.surface.access.require(place)).toBe(place);
    expect(await opened?.surface.access.require(join(cwd, 'study'))).toBe(join(cwd, 'study'));
    await expect(opened?.surface.access.require(join(cwd, 'page'))).rejects.toMatchObject({ code: 'access/outside' });
  });

  it('to other machines it shows nothing that was not named', async () => {
    const env = { HILUM_TOKEN: operator };
    const bare = await start({ host: '0.0.0.0' }, { env });
    expect(bare.opened?.surface.access.roots).toEqual([]);
    const named = await start({ host: '0.0.0.0', root: ['page'] }, { env });
    expect(named.opened?.surface.access.roots).toEqual([join(named.cwd, 'page')]);
    await expect(named.opened?.surface.access.require(homedir())).rejects.toMatchObject({ code: 'access/outside' });
  });

  it('closes the core when the server cannot start', async () => {
    const { data } = await start({}, { json: true });
    const { port } = JSON.parse(data.join(''));
    const taken = await start({ port });
    await expect(taken.ended).rejects.toMatchObject({ code: 'serve/port-taken', facts: { port } });
    // An address kept for documents: no machine has it.
    const foreign = await start({ host: '192.0.2.1' }, { env: { HILUM_TOKEN: operator } });
    await expect(foreign.ended).rejects.toMatchObject({ code: 'serve/cannot-listen' });
    expect([taken.events, foreign.events, taken.data]).toEqual([['core closed'], ['core closed'], []]);
  });
});

describe('exit 2 before anything is opened', () => {
  it.each([
    [['--host', '0.0.0.0'], {}, 'HILUM_TOKEN'],
    [['--host', '192.0.2.1'], {}, 'HILUM_TOKEN'],
    [['--host', '::'], {}, 'HILUM_TOKEN'],
    [['--host', 'example.org'], { HILUM_TOKEN: '' }, 'HILUM_TOKEN'],
    [['--host', '0.0.0.0'], { HILUM_TOKEN: 'too-short' }, '16 to 512'],
    [[], { HILUM_TOKEN: 'with blanks in it, and long enough' }, '16 to 512'],
    [['--token-file', '/none/such'], {}, 'ENOENT'],
    [['--token-file', '/dev/null'], {}, '16 to 512'],
    [['--port', '70000'], {}, '--port'],
    [['--port', 'http'], {}, '--port'],
    [['--allow-host', 'http://x/'], {}, '--allow-host'],
    [['--root', '/none/such'], {}, 'is no folder'],
    [['-w', '/none/such'], {}, 'no workspace'],
    [['--token', operator], {}, 'unknown option'],
  ])('%j with %j', async (words, env, sentence) => {
    const { code, stdout, stderr } = await hilum(['serve', ...words], {
      env: { XDG_DATA_HOME: temporaryFolder(), ...env },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stdout + stderr).not.toContain('too-short');
    expect(stdout).toBe('');
  });
});
