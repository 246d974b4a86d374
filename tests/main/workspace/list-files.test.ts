import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { byListOrder, type ListedEntry, type ListOptions, listFiles } from '../../../src/main/workspace/list-files.ts';
import { userDataFolder } from '../../../src/main/workspace/user-folders.ts';
import { temporaryFolder } from '../../helpers/records.ts';

async function listed(folder: string, options?: ListOptions): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const entry of listFiles(folder, options)) entries.push(entry);
  return entries;
}

function touch(folder: string, ...names: string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), 'x');
  }
}

async function codeOf(listing: Promise<unknown>): Promise<string> {
  return listing.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('listFiles', () => {
  it('lists folder by folder in code point order, whatever the order on disk, without litter', async () => {
    const folder = temporaryFolder();
    touch(folder, 'b.png', 'a/2.png', 'a/10.png', 'a.png', 'a-b/1.png', 'Z.png', '\u{1f600}.png', '\uff5a.png');
    touch(folder, '.DS_Store', 'a/Thumbs.db', 'a/desktop.ini', '.hidden.png');
    const files = (await listed(folder)).map(({ file }) => file);
    expect(files).toEqual([
      '.hidden.png',
      'Z.png',
      'a/10.png',
      'a/2.png',
      'a-b/1.png',
      'a.png',
      'b.png',
      '\uff5a.png',
      '\u{1f600}.png',
    ]);
    expect(files.toReversed().sort(byListOrder)).toEqual(files);
  });

  it('[B10] counts pipes, sockets, links, loops and devices as refused entries and opens none of them', async () => {
    const folder = temporaryFolder();
    for (let index = 1; index <= 5; index++) execFileSync('mkfifo', [join(folder, `${index}.dcm`)]);
    execFileSync('ln', ['-s', '/dev/zero', join(folder, 'zero.png')]);
    execFileSync('ln', ['-s', '.', join(folder, 'loop')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 's.sock'), resolve));
    onTestFinished(() => void server.close());
    const entries = await listed(folder);
    expect(entries.map(({ file, refused }) => [file, refused?.code, refused?.facts.what])).toEqual([
      ...[1, 2, 3, 4, 5].map((index) => [`${index}.dcm`, 'image/not-a-file', 'pipe']),
      ['loop', 'image/not-a-file', 'symbolic link'],
      ['s.sock', 'image/not-a-file', 'socket'],
      ['zero.png', 'image/not-a-file', 'symbolic link'],
    ]);
  });

  it.skipIf(process.platform !== 'linux')('[B10] tells names that are no UTF-8 apart, also as folders', async () => {
    const folder = temporaryFolder();
    const raw = (...bytes: number[]): Buffer => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(bytes)]);
    writeFileSync(raw(0x61, 0xfe), 'x');
    writeFileSync(raw(0x61, 0xff), 'x');
    mkdirSync(raw(0x62, 0xff));
    writeFileSync(raw(0x62, 0xff, 0x2f, 0x63), 'x');
    touch(folder, 'e\u0301.png', '\u00e9.png');
    const entries = await listed(folder);
    expect(entries.map(({ file, refused }) => [file, refused?.code])).toEqual([
      ['a\\xfe', 'image/bad-name'],
      ['a\\xff', 'image/bad-name'],
      ['b\\xff/c', 'image/bad-name'],
      ['e\u0301.png', undefined],
      ['\u00e9.png', undefined],
    ]);
  });

  it('[B10] takes long names, deep trees, empty folders and empty files', async () => {
    const folder = temporaryFolder();
    const deep = Array.from({ length: 40 }, (_, level) => `level${level}`).join('/');
    touch(folder, `${'n'.repeat(251)}.png`, `${deep}/deep.png`);
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'zero'), '');
    const entries = await listed(folder);
    expect(entries.map(({ file }) => file)).toEqual([`${deep}/deep.png`, `${'n'.repeat(251)}.png`, 'zero']);
    expect(entries.at(-1)?.size).toBe(0);
  });

  it('leaves out what it is told to, folders with all below them', async () => {
    const folder = temporaryFolder();
    touch(folder, 'a.png', 'r.csv', '.hilum/hilum.db', 'b/c.png');
    const skip = (path: string): boolean => path.endsWith('r.csv') || path.endsWith('.hilum');
    expect((await listed(folder, { skip })).map(({ file }) => file)).toEqual(['a.png', 'b/c.png']);
  });

  it('lists one file as itself, and says when there is nothing or a file in the way', async () => {
    const folder = temporaryFolder();
    touch(folder, 'a.png');
    expect((await listed(join(folder, 'a.png'))).map(({ file }) => file)).toEqual(['a.png']);
    expect(await codeOf(listed(join(folder, 'nothing')))).toContain('source/missing');
    expect(await codeOf(listed(join(folder, 'a.png', 'below')))).toContain('source/missing');
  });

  it('stops when it is cancelled', async () => {
    const folder = temporaryFolder();
    touch(folder, 'a.png');
    expect(await codeOf(listed(folder, { signal: AbortSignal.abort() }))).toContain('cancelled/by-user');
  });

  it('[F8] lists 20,000 files of one folder, each once', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 20_000; index++) closeSync(openSync(join(folder, `IM${index}`), 'w'));
    const files = new Set<string>();
    let before = '';
    for await (const { file } of listFiles(folder)) {
      expect(byListOrder(before, file)).toBeLessThan(0);
      files.add(file);
      before = file;
    }
    expect(files.size).toBe(20_000);
  });
});

describe('byListOrder', () => {
  it('is a total order in which a folder\u2019s content stays together', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).filter((text) => !text.includes('/'));
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.property(path, path, path, (a, b, c) => {
        expect(Math.sign(byListOrder(a, b)) + Math.sign(byListOrder(b, a))).toBe(0);
        expect(byListOrder(a, b) === 0).toBe(a === b);
        if (byListOrder(a, b) < 0 && byListOrder(b, c) < 0) expect(byListOrder(a, c)).toBeLessThan(0);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('userDataFolder', () => {
  it('is where each system keeps such data', () => {
    expect(userDataFolder({}, 'linux', '/home/x')).toBe('/home/x/.local/share/hilum');
    expect(userDataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/x')).toBe('/data/hilum');
    expect(userDataFolder({}, 'darwin', '/Users/x')).toBe('/Users/x/Library/Application Support/hilum');
    expect(userDataFolder({ LOCALAPPDATA: '/local' }, 'win32', '/u')).toBe('/local/hilum');
  });
});
