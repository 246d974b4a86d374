import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPageFiles } from '../../../src/main/page/page-files.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { ask, pageFiles, raw, type Served, serve } from '../../helpers/served.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const known = new Set(Object.values(pageFiles).map(hashOf));

const step = fc.constantFrom(
  '..',
  '.',
  '%2e%2e',
  '%2E.',
  '..%2f',
  '%5c',
  '..\\',
  '%00',
  '/',
  '//',
  '%c0%ae%c0%ae',
  '%u002e',
  'C:',
  'secret.txt',
  'index.html::$DATA',
  'index.html%20',
  'index.html.',
  'INDEX.HTML',
  'index.js.map.bak',
  'assets',
  'index-Ab3_dE9z.js',
  'e\u0301',
  '\u00e9',
  '\u2025',
  '?',
  '#',
  ';',
  '@',
  'etc/passwd',
  '/health',
);
const hostileUrl = fc.oneof(
  { weight: 6, arbitrary: fc.array(step, { maxLength: 8 }).map((steps) => `/${steps.join('/')}`) },
  { weight: 2, arbitrary: fc.array(step, { maxLength: 6 }).map((steps) => `/${steps.join('')}`) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('*', '//secret.txt', '\\\\host\\share', 'file:///etc/passwd', 'app://bundle/'),
  },
);

/** What came back for an address that is written as it is. */
async function get({ server }: Served, url: string): Promise<{ status: number; body: string }> {
  const address = url.replace(/[\r\n]/g, '');
  const { closed } = raw(
    server,
    `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
  );
  const text = await closed;
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), body: rest.join('\r\n\r\n') };
}

it('[A6] 10,000 hostile addresses bring bytes of the built page or nothing', async () => {
  const served = await serve();
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(hostileUrl, { minLength: 50, maxLength: 50 }), async (urls) => {
      const answers = await Promise.all(urls.map((url) => get(served, url)));
      for (const { status, body } of answers) {
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(body).not.toContain('patient');
        if (status === 200) expect(known.has(hashOf(body)) || body === '{"ok":true}').toBe(true);
        else expect([400, 401, 404]).toContain(status);
      }
    }),
    { seed: 6, numRuns: 200 },
  );
  expect(seen.get(404)).toBeGreaterThan(4000);
  expect(served.core.asked).toEqual([]);
  expect(served.bugs).toEqual([]);
});

it('[A6] an address of 64 KB is refused, and the server goes on', async () => {
  const served = await serve();
  expect((await get(served, `/${'a'.repeat(65_536)}`)).status).toBe(400);
  expect((await get(served, `/${'../'.repeat(5_000)}secret.txt`)).status).toBe(404);
  expect((await get(served, '/')).body).toBe(pageFiles['index.html']);
});

it('serves the page with its types; only names with a hash of the content are kept by browsers', async () => {
  const { server } = await serve();
  const of = async (path: string) => {
    const { headers, text } = await ask(server, path);
    return [headers['content-type'], headers['cache-control'], text];
  };
  const forEver = 'public, max-age=31536000, immutable';
  expect(await of('/')).toEqual(['text/html; charset=utf-8', 'no-store', pageFiles['index.html']]);
  expect(await of('/index.html')).toEqual(await of('/'));
  expect(await of('/?theme=dark')).toEqual(await of('/'));
  expect(await of('/assets/index-Ab3_dE9z.js')).toEqual([
    'text/javascript; charset=utf-8',
    forEver,
    'export const page = 1;',
  ]);
  expect((await of('/assets/index-00000000.css')).slice(0, 2)).toEqual(['text/css; charset=utf-8', forEver]);
  expect((await of('/icon.svg')).slice(0, 2)).toEqual(['image/svg+xml', 'no-store']);
  expect((await ask(server, '/index.js.map.bak')).status).toBe(404);
});

it('answers HEAD without a body and other methods with what is allowed', async () => {
  const { server } = await serve();
  const head = await ask(server, '/', { method: 'HEAD' });
  expect([head.status, head.text, head.headers['content-length']]).toEqual([
    200,
    '',
    String(pageFiles['index.html']?.length),
  ]);
  const put = await ask(server, '/index.html', { method: 'PUT', body: 'mine' });
  expect([put.status, put.headers.allow]).toEqual([405, 'GET, HEAD']);
  expect((await ask(server, '/')).text).toBe(pageFiles['index.html']);
});

it('says that the page is not built', async () => {
  const folder = temporaryFolder();
  await expect(readPageFiles(folder)).rejects.toMatchObject({ code: 'serve/no-page' });
  await expect(readPageFiles(`${folder}/none`)).rejects.toMatchObject({ code: 'serve/no-page' });
});
