import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build, type ESTree, parseSync } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { channels, dropChannel, pushChannel } from '../../../src/main/ipc/channels.ts';
import type { Push } from '../../../src/main/ipc/contract.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const source = join(root, 'src', 'main', 'preload.ts');
const folder = mkdtempSync(join(tmpdir(), 'hilum-test-'));
let code = '';

beforeAll(async () => {
  await build({ configFile: join(root, 'config', 'vite.preload.config.ts'), build: { outDir: folder } });
  code = readFileSync(join(folder, 'preload.cjs'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shape {
  exposed: ESTree.CallExpression[];
  spreads: number;
  /** How `ipcRenderer` is used: `on(pushChannel)`, `invoke(channel)`. */
  uses: string[];
}

function shapeOf(text: string): Shape {
  const { program, errors } = parseSync('preload.ts', text);
  expect(errors).toEqual([]);
  const nodes = nodesOf(program);
  const invocations = nodes.filter((node) => node.type === 'CallExpression').map(invocationOf);
  const uses = invocations.filter(({ object }) => object === 'ipcRenderer');
  const mentions = nodes.filter((node) => node.type === 'Identifier' && node.name === 'ipcRenderer');
  // The import names it twice (what is imported, and as what): every other mention must be the call of a method.
  expect(mentions.length - 2).toBe(uses.length);
  return {
    exposed: invocations.filter(({ method }) => method === 'exposeInMainWorld').map(({ call }) => call),
    spreads: nodes.filter((node) => node.type === 'SpreadElement').length,
    uses: uses.map(({ method, argument }) => `${method}(${argument})`),
  };
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node and everything in it. */
function nodesOf(value: unknown): ESTree.Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

function invocationOf(call: ESTree.CallExpression) {
  const [first] = call.arguments;
  const { callee } = call;
  const isMember = callee.type === 'MemberExpression' && !callee.computed;
  return {
    call,
    object: isMember && callee.object.type === 'Identifier' ? callee.object.name : undefined,
    method: isMember && callee.property.type === 'Identifier' ? callee.property.name : undefined,
    argument: first?.type === 'Identifier' ? first.name : '?',
  };
}

it('[A3] exposes once, by arrow functions, without a spread, and never ipcRenderer itself', () => {
  const { exposed, spreads, uses } = shapeOf(readFileSync(source, 'utf8'));
  expect(exposed).toHaveLength(1);
  expect(spreads).toBe(0);
  expect(uses.sort()).toEqual(['invoke(channel)', 'invoke(dropChannel)', 'on(pushChannel)']);
  const [name, api] = exposed[0]?.arguments ?? [];
  expect(name).toMatchObject({ type: 'Literal', value: 'hilum' });
  const properties = api?.type === 'ObjectExpression' ? api.properties : [];
  const kinds = properties.map((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? [property.key.name, property.value.type] : [],
  );
  expect(kinds).toEqual([
    ['calls', 'Identifier'],
    ['onPush', 'ArrowFunctionExpression'],
    ['dropped', 'ArrowFunctionExpression'],
  ]);
});

/** What the page sees, as the fake bridge took it. */
interface Exposed {
  calls: Record<string, (input: unknown) => Promise<unknown>>;
  onPush(listener: (push: Push) => void): () => void;
  dropped(files: unknown[]): Promise<string[]>;
}

const invoked: { channel: string; values: unknown[] }[] = [];
const ipcListeners = new Map<string, (event: unknown, push: unknown) => void>();
const worlds: { name: string; api: Exposed }[] = [];
let reply: unknown;

const electron = {
  contextBridge: { exposeInMainWorld: (name: string, api: Exposed) => void worlds.push({ name, api }) },
  ipcRenderer: {
    on: (channel: string, listener: (event: unknown, push: unknown) => void) =>
      void ipcListeners.set(channel, listener),
    invoke: async (channel: string, ...values: unknown[]) => {
      invoked.push({ channel, values });
      return reply;
    },
    send: () => undefined,
  },
  webUtils: {
    getPathForFile: (file: unknown) => {
      if (typeof file !== 'object' || file === null || !('path' in file)) throw new TypeError('not a file');
      return file.path;
    },
  },
};

describe('the built preload script', () => {
  let page: Exposed;
  beforeEach(() => {
    invoked.length = 0;
    worlds.length = 0;
    ipcListeners.clear();
    reply = { ok: true, value: {} };
    const required: string[] = [];
    const load = (name: string): unknown => {
      required.push(name);
      return electron;
    };
    compileFunction(code, ['require', 'module', 'exports'])(load, { exports: {} }, {});
    expect(required).toEqual(['electron']);
    const world = worlds[0];
    if (world === undefined) throw new Error('nothing was exposed');
    expect(world.name).toBe('hilum');
    page = world.api;
  });

  it('is one file without schemas: a sandboxed script can load no other', () => {
    expect(readdirSync(folder)).toEqual(['preload.cjs']);
    expect(code.length).toBeLessThan(10_000);
    expect(worlds).toHaveLength(1);
  });

  it('[A3] gives plain functions and nothing of Electron', () => {
    expect(Object.keys(page)).toEqual(['calls', 'onPush', 'dropped']);
    expect(Object.keys(page.calls)).toEqual([...channels]);
    for (const each of [...Object.values(page.calls), page.onPush, page.dropped]) {
      expect(typeof each).toBe('function');
      expect(Object.keys(each)).toEqual([]);
      // An arrow function: it cannot be made to run as something else.
      expect(Object.hasOwn(each, 'prototype')).toBe(false);
    }
    expect(Object.values(page)).not.toContain(electron.ipcRenderer);
  });

  it('calls each channel by its own function, with one value, whatever else is given', async () => {
    for (const channel of channels) {
      const call: unknown = page.calls[channel];
      if (typeof call === 'function') await call({ a: 1 }, 'hilum/drop', 'more');
    }
    expect(invoked).toEqual(channels.map((channel) => ({ channel, values: [{ a: 1 }] })));
  });

  it('[A3] returns what equals its own JSON', async () => {
    reply = { ok: false, error: { code: 'access/refused', facts: {} } };
    const value = await page.calls['app/state']?.({});
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  const push: Push = { topic: 'changed', what: 'runs' };
  const arrive = (value: unknown): void => ipcListeners.get(pushChannel)?.({ sender: electron.ipcRenderer }, value);

  it('[A3] hands pushes over as plain values, without the event, until the page has heard enough', () => {
    const heard: unknown[][] = [];
    const stop = page.onPush((...values) => void heard.push(values));
    class Strange {
      topic = 'changed';
      what = 'runs';
      secret = () => electron.ipcRenderer;
    }
    arrive(new Strange());
    expect(heard).toEqual([[push]]);
    expect(Object.getPrototypeOf(heard[0]?.[0])).toBe(Object.prototype);
    expect(stop()).toBeUndefined();
    arrive(push);
    expect(heard).toHaveLength(1);
  });

  it('keeps a few pushes that come before the page listens', () => {
    for (let count = 0; count < 150; count++) arrive(push);
    const heard: Push[] = [];
    page.onPush((each) => void heard.push(each));
    expect(heard).toHaveLength(100);
    page.onPush((each) => void heard.push(each));
    expect(heard).toHaveLength(100);
  });

  it('asks for paths of real files only, and gives back what was granted', async () => {
    reply = { ok: true, value: ['/scans/a'] };
    const files = [{ path: '/scans/a' }, { path: '' }, 'text', null, { name: 'made by the page' }];
    expect(await page.dropped(files)).toEqual(['/scans/a']);
    expect(invoked).toEqual([{ channel: dropChannel, values: [['/scans/a']] }]);
  });

  it.each([{ ok: false, error: { code: 'access/refused', facts: {} } }, null, { ok: true, value: 'x' }, 7])(
    'gives no path when the answer is %j',
    async (answer) => {
      reply = answer;
      expect(await page.dropped([{ path: '/scans/a' }])).toEqual([]);
    },
  );
});
