import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageHandler } from '../../../src/main/app/protocol.ts';
import { readPageFiles } from '../../../src/main/page/page-files.ts';
import { startApp, tinyPage } from './start.ts';

const parent = mkdtempSync(join(tmpdir(), 'hilum-test-'));
const folder = tinyPage(parent);
const hashes = new Set<string>();
let answer: (request: Pick<Request, 'method' | 'url'>) => Response;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  answer = pageHandler(await readPageFiles(folder));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hashes.add(hashOf(readFileSync(join(entry.parentPath, entry.name))));
  }
  // Beside the page, and in it, but not of it.
  writeFileSync(join(folder, '..', 'secret.html'), 'secret');
  writeFileSync(join(folder, 'late.html'), 'written after the start');
  mkdirSync(join(folder, 'more'), { recursive: true });
  symlinkSync('/etc/hostname', join(folder, 'more', 'link.html'));
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
    "worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function expectHeaders(response: Response): void {
  for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name)).toBe(value);
}

it.each([
  ['app://bundle/index.html', 'text/html; charset=utf-8'],
  ['app://bundle/assets/index-abc12345.js', 'text/javascript; charset=utf-8'],
  ['app://bundle/assets/index-abc12345.css', 'text/css; charset=utf-8'],
  ['app://bundle/icon.svg', 'image/svg+xml'],
])('serves %s with every header', async (url, type) => {
  const response = answer(new Request(url));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(hashes).toContain(hashOf(await response.bytes()));
  expectHeaders(response);
});

it.each([
  'app://bundle',
  'app://bundle/',
  'app://bundle//index.html',
  'app://bundle/late.html',
  'app://bundle/more/link.html',
  'app://bundle/../secret.html',
  'app://bundle/assets/../index.html',
  'app://bundle/%2e%2e/secret.html',
  'app://bundle/..%2fsecret.html',
  'app://bundle/..%5csecret.html',
  'app://bundle/index.html%00.js',
  'app://bundle/index.html?x',
  'app://bundle/INDEX.HTML',
  'app://bundle/index.html/',
  'app://bundle/index.html::$DATA',
  'app://bundle/C:/Windows/win.ini',
  'app://bundle//host/share/a.html',
  'app://bundle/__proto__',
  'app://bundle/constructor',
  'app://bundle.evil/index.html',
  'app://bundle@evil/index.html',
  'app:/bundle/index.html',
  'file:///etc/passwd',
  '/etc/passwd',
])('[A6] %s is not found', async (url) => {
  const response = answer({ method: 'GET', url });
  expect(response.status).toBe(404);
  expect((await response.bytes()).length).toBe(0);
  expectHeaders(response);
});

it.each(['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS'])('[A6] %s is not answered', (method) => {
  expect(answer({ method, url: 'app://bundle/index.html' }).status).toBe(404);
});

it('[A6] 10,000 hostile addresses never get other bytes than those of the page', async () => {
  const piece = fc.constantFrom(
    ...['..', '.', '/', '//', '\\', '%2e%2e', '%5c', '%2f', '%00', '\0', ':', '$DATA', 'C:', 'index.html', 'assets'],
    ...['late.html', 'secret.html', 'etc/passwd', 'é', 'é', '.well-known', '?', '#', ' ', 'x'.repeat(65_536)],
  );
  const path = fc.oneof(
    fc
      .array(fc.oneof(piece, fc.string({ maxLength: 8, unit: 'binary' })), { maxLength: 6 })
      .map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('/')),
  );
  const start = fc.constantFrom(
    'app://bundle/',
    'app://bundle',
    'app:',
    'app://BUNDLE/',
    'app://bundle:0/',
    'file:///',
    '',
  );
  await fc.assert(
    fc.asyncProperty(start, path, async (prefix, rest) => {
      const response = answer({ method: 'GET', url: `${prefix}${rest}` });
      expectHeaders(response);
      const bytes = await response.bytes();
      if (response.status === 200) expect(hashes).toContain(hashOf(bytes));
      else expect([response.status, bytes.length]).toEqual([404, 0]);
    }),
    { seed: 42, numRuns: 10_000 },
  );
});

it('the app answers with it, and only for its own scheme', async () => {
  const { electron } = await startApp();
  expect(electron.log).toContain('protocol.handle app');
  expect(electron.session_.page?.(new Request('app://bundle/index.html')).status).toBe(200);
});
