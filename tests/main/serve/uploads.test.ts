import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openUploads } from '../../../src/main/serve/uploads.ts';
import { temporaryFolder } from '../../helpers/records.ts';
import { ask, bearer, page, raw, type Served, serve, token } from '../../helpers/served.ts';

const me = { id: page };
const other = { id: 'page-of-somebody-else' };

async function put(
  { server }: Served,
  id: string,
  name: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const length = { 'Content-Length': String(Buffer.byteLength(body)) };
  const path = `/upload/${id}?name=${encodeURIComponent(name)}`;
  const answer = await ask(server, path, { method: 'PUT', headers: { ...bearer(), ...length, ...headers }, body });
  const code = /"code":"([^"]+)"/.exec(answer.text)?.[1];
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
}

/** Names of all files below a folder. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('an upload', () => {
  it('keeps files, folders and names, byte for byte, for its user only', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    expect(await put(served, id, 'incoming/series 1/łódź β + 100%.dcm', bytes)).toBe('200');
    expect(await put(served, id, 'incoming/empty.png', '')).toBe('200');
    const { path, files } = await served.uploads.finish(id, me);
    expect([path, files]).toEqual([join(served.folder, 'uploads', id, 'incoming'), 2]);
    expect(readFileSync(join(path, 'series 1', 'łódź β + 100%.dcm')).equals(bytes)).toBe(true);
    expect(statSync(join(path, 'empty.png')).size).toBe(0);
    expect(statSync(join(served.folder, 'uploads', id)).mode & 0o077).toBe(0);
    expect(statSync(join(path, 'empty.png')).mode & 0o077).toBe(0);
  });

  it('of loose files is its own folder; of none it is empty', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    await expect(served.uploads.finish(id, me)).rejects.toMatchObject({ code: 'source/empty' });
    await put(served, id, 'a.png', 'a');
    await put(served, id, 'b/a.png', 'b');
    expect(await served.uploads.finish(id, me)).toEqual({ path: join(served.folder, 'uploads', id), files: 2 });
  });

  it('takes no more files once it is finished, and finishing twice is once', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    await put(served, id, 'a.png', 'a');
    const first = await served.uploads.finish(id, me);
    expect(await put(served, id, 'b.png', 'b')).toBe('404 upload/unknown');
    expect(await served.uploads.finish(id, me)).toEqual(first);
  });

  it('brings letters and their accents together', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    expect(await put(served, id, 'e\u0301.png', 'x')).toBe('200');
    expect(await put(served, id, '\u00e9.png', 'x')).toBe('400 upload/bad-name');
    expect(filesBelow(join(served.folder, 'uploads'))).toEqual(['\u00e9.png']);
  });
});

describe('two users', () => {
  it('never reach each other: same names, different files; nobody else may add, finish, or learn that it exists', async () => {
    const served = await serve();
    const [mine, theirs] = [await served.uploads.begin(me), await served.uploads.begin(other)];
    const as = { 'X-Hilum-Page': other.id };
    expect(await Promise.all([put(served, mine, 'a.png', 'mine'), put(served, theirs, 'a.png', 'theirs', as)])).toEqual(
      ['200', '200'],
    );
    expect(await put(served, mine, 'b.png', 'intruder', as)).toBe('404 upload/unknown');
    expect(await put(served, theirs, 'b.png', 'intruder')).toBe('404 upload/unknown');
    expect(await put(served, mine, 'c.png', 'nobody', { 'X-Hilum-Page': '' })).toBe('404 upload/unknown');
    await expect(served.uploads.finish(mine, other)).rejects.toMatchObject({ code: 'upload/unknown' });
    const { path } = await served.uploads.finish(mine, me);
    expect([readdirSync(path), readFileSync(join(path, 'a.png'), 'utf8')]).toEqual([['a.png'], 'mine']);
    expect(readFileSync(join((await served.uploads.finish(theirs, other)).path, 'a.png'), 'utf8')).toBe('theirs');
  });

  it('and one user never overwrites a file of their own', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    const answers = await Promise.all(['1', '2', '3', '4'].map((body) => put(served, id, 'a.png', body)));
    expect(answers.toSorted()).toEqual(['200', ...Array(3).fill('400 upload/bad-name')]);
    expect(await put(served, id, 'a.png/b.png', 'x')).toBe('400 upload/bad-name');
    expect(await put(served, id, 'd/a.png', 'x')).toBe('200');
    expect(await put(served, id, 'd', 'x')).toBe('400 upload/bad-name');
    expect(await served.uploads.finish(id, me)).toMatchObject({ files: 2 });
  });
});

describe('[A6] names and ids that lead elsewhere', () => {
  it('are refused, and no file is made anywhere', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    for (const name of [
      '../a',
      'a/../../b',
      '/etc/x',
      '..',
      '.',
      '',
      'a//b',
      'a/',
      'a\\b',
      'C:a',
      'a:stream',
      '\u0000',
      'a\u0000.png',
      'a\nb',
      ' a',
      'a ',
      'a.',
      '.hilum',
      'nul',
      'COM1.txt',
      'x/aux.dcm',
      'a'.repeat(256),
      'ł'.repeat(128),
      `${'a/'.repeat(32)}b`,
    ]) {
      expect(await put(served, id, name, 'x'), JSON.stringify(name)).toBe('400 upload/bad-name');
    }
    const put2 = async (path: string) =>
      (await ask(served.server, path, { method: 'PUT', headers: { ...bearer(), 'Content-Length': '1' }, body: 'x' }))
        .status;
    expect(await put2(`/upload/${id}?name=%ff%fe.png`)).toBe(400);
    expect(await put2(`/upload/${id}?name=%`)).toBe(400);
    expect(await put2(`/upload/${id}`)).toBe(400);
    expect(await put2(`/upload/${id}?name=a.png&name=b.png`)).toBe(400);
    for (const wrong of ['..', `../${id}`, `${id}/..`, id.toUpperCase(), '', '%2e%2e', '__proto__', 'f'.repeat(32)]) {
      expect(await put2(`/upload/${wrong}?name=a.png`), wrong).toBe(404);
    }
    expect(filesBelow(join(served.folder, 'uploads'))).toEqual([]);
    expect(filesBelow(served.folder)).toHaveLength(6);
    await expect(served.uploads.finish(id, me)).rejects.toMatchObject({ code: 'source/empty' });
  });
});

describe('what does not come whole', () => {
  const head = (served: Served, id: string, length: string): string =>
    `PUT /upload/${id}?name=a.png HTTP/1.1\r\nHost: 127.0.0.1:${served.server.port}\r\nAuthorization: Bearer ${token}\r\nX-Hilum-Page: ${page}\r\n${length}\r\n\r\n`;

  it('leaves no half file, and the same name can be sent again', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    const { socket } = raw(served.server, `${head(served, id, 'Content-Length: 1000000')}half of it`);
    const place = join(served.folder, 'uploads');
    await expect.poll(() => filesBelow(place)).toEqual(['a.png']);
    await expect(served.uploads.finish(id, me)).rejects.toMatchObject({ code: 'call/bad-input' });
    socket.destroy();
    await expect.poll(() => filesBelow(place)).toEqual([]);
    expect(await put(served, id, 'a.png', 'whole')).toBe('200');
    expect(await served.uploads.finish(id, me)).toMatchObject({ files: 1 });
    expect(served.bugs).toEqual([]);
  });

  it('or comes without its length, is refused', async () => {
    const served = await serve();
    const id = await served.uploads.begin(me);
    const { closed } = raw(
      served.server,
      `${head(served, id, 'Transfer-Encoding: chunked\r\nConnection: close')}3\r\nabc\r\n0\r\n\r\n`,
    );
    expect(await closed).toMatch(/^HTTP\/1\.1 400 /);
    expect(filesBelow(join(served.folder, 'uploads'))).toEqual([]);
  });
});

describe('caps', () => {
  it('hold before a byte is read, and what failed does not count', async () => {
    const served = await serve({ limits: { fileBytes: 10, totalBytes: 15, files: 3 } });
    const id = await served.uploads.begin(me);
    expect(await put(served, id, 'large', 'x'.repeat(11))).toBe('413 upload/too-large');
    expect(await put(served, id, '../bad', 'x'.repeat(10))).toBe('400 upload/bad-name');
    expect(await put(served, id, 'a', 'x'.repeat(10))).toBe('200');
    expect(await put(served, id, 'a', 'xxxxx')).toBe('400 upload/bad-name');
    expect(await put(served, id, 'b', 'x'.repeat(6))).toBe('413 upload/too-large');
    expect(await put(served, id, 'b', 'x'.repeat(5))).toBe('200');
    expect(await put(served, id, 'c', '')).toBe('200');
    expect(await put(served, id, 'd', '')).toBe('413 upload/too-large');
    expect(await served.uploads.finish(id, me)).toMatchObject({ files: 3 });
  });
});

it('removes uploads of a week ago at the start, and nothing that it did not make', async () => {
  const folder = temporaryFolder();
  const [old, young] = ['0'.repeat(32), '1'.repeat(32)];
  for (const name of [old, young, 'study']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'a.png'), 'x');
  }
  const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
  for (const name of [old, 'study']) utimesSync(join(folder, name), eightDaysAgo, eightDaysAgo);
  await openUploads(folder);
  expect(readdirSync(folder).toSorted()).toEqual([young, 'study']);
});
