import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { attachmentNamed } from '../../../src/main/serve/attachment-name.ts';
import { openDownloads } from '../../../src/main/serve/downloads.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { ask, bearer, raw, type Served, serve, token } from '../../helpers/served.ts';

async function make({ downloads }: Served, name: string, text: string): Promise<{ id: string; path: string }> {
  let path = '';
  const made = await downloads.deliver(name, async (at) => {
    path = at;
    await writeFile(at, text);
  });
  if (made.kind !== 'download') throw new Error(made.kind);
  expect(made).toMatchObject({ name, bytes: Buffer.byteLength(text) });
  return { id: made.id, path };
}

it('a file can be fetched once, with the token, under its own name; then it is gone', async () => {
  const served = await serve();
  const { id, path } = await make(served, 'befunde łódź.csv', 'file,class\nä,Stone\n');
  expect(id).toMatch(/^[\w-]{43}$/);
  expect(statSync(dirname(path)).mode & 0o077).toBe(0);
  expect((await ask(served.server, `/download/${id}`)).status).toBe(401);
  const first = await ask(served.server, `/download/${id}`, { headers: bearer() });
  expect([first.status, first.text]).toEqual([200, 'file,class\nä,Stone\n']);
  expect(first.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '20',
    'content-disposition': `attachment; filename="befunde __d_.csv"; filename*=UTF-8''befunde%20%C5%82%C3%B3d%C5%BA.csv`,
    'cache-control': 'no-store',
  });
  await expect.poll(() => existsSync(path)).toBe(false);
  expect((await ask(served.server, `/download/${id}`, { headers: bearer() })).status).toBe(404);
});

it('two askers at once: one gets it', async () => {
  const served = await serve();
  const { id } = await make(served, 'a.csv', 'x'.repeat(100_000));
  const answers = await Promise.all([1, 2, 3].map(() => ask(served.server, `/download/${id}`, { headers: bearer() })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404]);
});

it('[A6] an id is looked up, never a path', async () => {
  const served = await serve();
  await make(served, 'a.csv', 'x');
  for (const id of [
    '',
    '..',
    '../secret.txt',
    '%2e%2e%2fsecret.txt',
    '..%5csecret.txt',
    'a.csv',
    'file.csv',
    '__proto__',
    'constructor',
    '\\\\host\\x',
    'A'.repeat(5_000),
  ]) {
    const answer = await ask(served.server, `/download/${id}`, { headers: bearer() });
    expect([answer.status, answer.text.includes('patient')], id).toEqual([404, false]);
  }
});

it('is too old after ten minutes', async () => {
  let nowMs = 1_000_000;
  const served = await serve({ nowMs: () => nowMs });
  const { id, path } = await make(served, 'a.csv', 'x');
  nowMs += 10 * 60_000;
  expect((await ask(served.server, `/download/${id}`, { headers: bearer() })).status).toBe(404);
  expect(existsSync(path)).toBe(false);
});

it('what cannot be made leaves nothing, and its reason goes to who asked', async () => {
  const served = await serve();
  const failing = served.downloads.deliver('a.csv', async (path) => {
    await writeFile(path, 'half');
    throw new RangeError('full');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(
    readdirSync(join(served.folder, 'downloads'), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    ),
  ).toEqual([]);
});

it('a page that goes away in the middle, or a file that is gone, costs nothing but that download', async () => {
  const served = await serve();
  const { id, path } = await make(served, 'a.bin', 'x'.repeat(32 * 1024 * 1024));
  const { socket } = raw(
    served.server,
    `GET /download/${id} HTTP/1.1\r\nHost: 127.0.0.1:${served.server.port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await expect.poll(() => existsSync(path)).toBe(false);
  const lost = await make(served, 'b.bin', 'x');
  await rm(lost.path);
  await expect(ask(served.server, `/download/${lost.id}`, { headers: bearer() })).rejects.toThrow();
  expect((await ask(served.server, '/health')).status).toBe(200);
  expect(served.bugs).toEqual([]);
});

it('at the end nothing is left, and a start removes what a killed server left', async () => {
  const served = await serve();
  await make(served, 'a.csv', 'x');
  const folder = join(served.folder, 'downloads');
  expect(readdirSync(folder)).toHaveLength(1);
  await served.server.close();
  expect(readdirSync(folder)).toEqual([]);
  mkdirSync(join(folder, '0'.repeat(32)));
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  utimesSync(join(folder, '0'.repeat(32)), twoDaysAgo, twoDaysAgo);
  await openDownloads(folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(temporaryFolder())).toBe(true);
});

it.each([
  ['a"b\\c/d.csv', 'a_b_c_d.csv', 'a%22b_c_d.csv'],
  ['x\r\nSet-Cookie: a=b.csv', 'x__Set-Cookie: a=b.csv', 'x__Set-Cookie%3A%20a%3Db.csv'],
  ['gpj.\u202etxt', 'gpj._txt', 'gpj._txt'],
  ["it's (1)*%.csv", "it's (1)*_.csv", 'it%27s%20%281%29%2A%25.csv'],
  ['\ud800', '_', '%EF%BF%BD'],
  ['', 'download', 'download'],
])('[A7] the name %j becomes one header', (name, plain, encoded) => {
  expect(attachmentNamed(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
});
