import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FramePort } from '../../../src/main/app/electron-port.ts';
import { isOwnPage } from '../../../src/main/app/page-calls.ts';
import { channels, dropChannel } from '../../../src/main/ipc/channels.ts';
import { calls } from '../../../src/main/ipc/contract.ts';
import type { Core, Handlers } from '../../../src/main/ipc/core.ts';
import { dispatch } from '../../../src/main/ipc/dispatch.ts';
import { FakeContents, FakeFrame } from './fake-electron.ts';
import { startApp } from './start.ts';

type Started = Awaited<ReturnType<typeof startApp>>;

/** Frames that are not the page, each wrong in one way. */
const foreignFrames: readonly (readonly [string, (main: FramePort) => FramePort | null])[] = [
  ['null frame', () => null],
  ['subframe', (main) => Object.assign(new FakeFrame(), { parent: main })],
  ['twin of the main frame', () => new FakeFrame()],
  ['about:blank', () => new FakeFrame('about:blank')],
  ['empty address', () => new FakeFrame('')],
  ['data:', () => new FakeFrame('data:text/html,x', 'null')],
  ['app://bundle.evil', () => new FakeFrame('app://bundle.evil/index.html', 'app://bundle.evil')],
  ['https', () => new FakeFrame('https://bundle/index.html', 'https://bundle')],
  ['destroyed frame', () => Object.assign(new FakeFrame(), { isGone: true })],
  ['detached frame', () => Object.assign(new FakeFrame(), { detached: true })],
  ['frame that throws', () => throwingFrame()],
];

/** Electron throws when a frame is read after it is gone. */
function throwingFrame(): FramePort {
  return {
    get origin(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
    get url(): string {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
    get parent(): null {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
    detached: false,
    isDestroyed: () => false,
  };
}

let app: Started;
beforeEach(async () => {
  app = await startApp();
});

it('every channel of the contract has an answer, and nothing else has', () => {
  expect([...app.electron.handlers.keys()].sort()).toEqual([...Object.keys(calls), dropChannel].sort());
});

it('hands a call of the page to the core, with the caller of this window', async () => {
  const reply = await app.electron.call('app/state', {});
  expect(reply).toEqual({ ok: true, value: { channel: 'app/state' } });
  expect(app.core.asked).toEqual([{ channel: 'app/state', raw: {}, caller: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
});

describe.each(foreignFrames)('[A1] a call from %s', (_name, frameOf) => {
  it('is refused on every channel, and no handler runs', async () => {
    const { webContents } = app.electron.window;
    for (const channel of [...channels, dropChannel]) {
      const reply = await app.electron.call(channel, {}, frameOf(webContents.mainFrame));
      expect(reply).toEqual({ ok: false, error: { code: 'access/refused', facts: {} } });
    }
    expect(app.core.asked).toEqual([]);
  });

  it('is refused even when Electron says that it is the main frame', async () => {
    const { webContents } = app.electron.window;
    const frame = frameOf(webContents.mainFrame);
    if (frame === null || _name === 'twin of the main frame') return;
    webContents.mainFrame = frame;
    await app.electron.call('runs/delete', { runs: ['a'] }, frame);
    expect(app.core.asked).toEqual([]);
  });
});

it('[A1] is refused when the window is gone', async () => {
  app.electron.window.webContents.isGone = true;
  expect(await app.electron.call('app/state', {})).toMatchObject({ ok: false, error: { code: 'access/refused' } });
});

it('[A1] any address but those below app://bundle/ is foreign, whatever its origin says', () => {
  const contents = new FakeContents();
  const addresses = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.string().map((rest) => `app://bundle${rest}`),
    fc.string().map((rest) => `app://bundle@${rest}/`),
  );
  return fc.assert(
    fc.property(addresses, (url) => {
      const frame = new FakeFrame(url);
      contents.mainFrame = frame;
      expect(isOwnPage({ senderFrame: frame }, contents)).toBe(url.startsWith('app://bundle/'));
    }),
    { seed: 17, numRuns: 2000 },
  );
});

/** A core whose handlers only count: what reaches them was let through. */
function countingCore(): { core: Core; reached: () => number } {
  let reached = 0;
  const none: Handlers = JSON.parse('{}');
  const handlers = new Proxy(none, {
    get: () => () => {
      reached++;
      throw new Error('reached');
    },
  });
  return {
    reached: () => reached,
    core: {
      call: (channel, raw, caller) => dispatch(handlers, channel, raw, caller, () => undefined),
      onPush: () => () => undefined,
      busyWith: () => [],
      close: async () => undefined,
    },
  };
}

describe('[A2] a hostile payload', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const polluting: unknown = JSON.parse(
    '{"filter":{"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}',
  );
  const traps = {
    get folder(): string {
      throw new Error('a getter ran');
    },
  };
  const values = fc.oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
    fc.constantFrom(cycle, polluting, traps, Number.NaN, -0, undefined, null, 'x'.repeat(2_000_000), new Proxy({}, {})),
    fc.constant(Object.create({ inherited: true })),
  );

  it('gets an envelope on every channel: 0 uncaught, 0 pollution, 0 deletions', async () => {
    const { core, reached } = countingCore();
    const { electron } = await startApp({ openCore: async () => core });
    const wanted = ['call/bad-input', 'call/too-large', 'bug/unexpected'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...channels), values, async (channel, value) => {
        const before = reached();
        const reply = await electron.call(channel, value);
        expect(reply).toMatchObject({ ok: false, error: { code: expect.stringMatching(/./) } });
        const { code } = Object(reply).error;
        expect(wanted).toContain(code);
        // Only what fits the schema of the channel (often nothing at all) reaches a handler.
        if (reached() > before) expect(calls[channel].input.safeParse(value).success).toBe(true);
        expect(Object(structuredClone(reply))).toEqual(reply);
      }),
      { seed: 23, numRuns: 5000 },
    );
    expect(Object({}).polluted).toBeUndefined();
  });

  it('of dropped paths is refused, and grants nothing', async () => {
    const { access } = app.surroundings().surface;
    const bad = [
      undefined,
      null,
      '/etc',
      {},
      { 0: '/etc' },
      [1],
      [''],
      [['/etc']],
      ['x'.repeat(5000)],
      Array(5000).fill('/etc'),
    ];
    for (const input of bad) {
      expect(await app.electron.call(dropChannel, input)).toMatchObject({
        ok: false,
        error: { code: 'call/bad-input' },
      });
    }
    const nothing = await app.electron.call(dropChannel, ['etc', './etc', '/etc\0.dcm', '/nowhere/at/all']);
    expect(nothing).toEqual({ ok: true, value: [] });
    await expect(access.require('/etc')).rejects.toMatchObject({ code: 'access/outside' });
  });
});

it('what was dropped may be named from then on; a folder among it is a recent one', async () => {
  const { access } = app.surroundings().surface;
  await expect(access.require(app.data)).rejects.toMatchObject({ code: 'access/outside' });
  expect(await app.electron.call(dropChannel, [app.data, '/nowhere'])).toEqual({ ok: true, value: [app.data] });
  await expect(access.require(app.data)).resolves.toBe(app.data);
  expect(app.electron.app.recent).toEqual([app.data]);
});

it('a core that fails to open, or throws, is an envelope too', async () => {
  const broken = await startApp({
    openCore: async () => {
      throw new Error('/scans/MUSTERMANN^MAX');
    },
  });
  const reply = await broken.electron.call('app/state', {});
  expect(reply).toEqual({ ok: false, error: { code: 'bug/unexpected', facts: { name: 'Error' } } });
});
