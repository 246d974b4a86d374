import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRefused, openSource } from '../../../src/pipeline/files/index.ts';
import { codeOf, entriesOf, outcomes, temporaryFolder } from './helpers/temp.ts';

const open = (folder: string, cache = `${folder}-cache`) => openSource(folder, { cacheFolder: cache });
const posix = process.platform !== 'win32';

describe('a folder as source', () => {
  it('yields every file with path and state, by code point within each folder, and skips only the litter', async () => {
    const root = await temporaryFolder();
    for (const folder of ['b', 'a/deep', '.hilum']) await mkdir(join(root, folder), { recursive: true });
    const names = ['b/2.png', 'b/10.png', 'a/deep/x', 'a.txt', '.hidden', '.hilum/db', 'Z', 'é', '𝄞', '\uFF01'];
    for (const name of [...names, '.DS_Store', 'b/Thumbs.db', 'desktop.ini']) await writeFile(join(root, name), name);
    const entries = await entriesOf(await open(root));
    const files = ['.hidden', '.hilum/db', 'Z', 'a/deep/x', 'a.txt', 'b/10.png', 'b/2.png', 'é', '\uFF01', '𝄞'];
    expect(entries.map(({ file }) => file)).toEqual(files);
    for (const entry of entries) {
      expect(isRefused(entry)).toBe(false);
      if (isRefused(entry)) continue;
      expect(entry.path).toBe(join(root, entry.file));
      expect(entry.size).toBe(Buffer.byteLength(entry.file));
      expect(entry.ino).toBeGreaterThan(0);
    }
  });

  it.runIf(posix)(
    '[B10] counts an odd tree exactly: pipe, socket, links, loop, bad names, depth, empty file',
    async () => {
      const root = await temporaryFolder();
      for (const name of ['a', 'b', 'c', 'd']) execFileSync('mkfifo', [join(root, `${name}.dcm`)]);
      const server = createServer().listen(join(root, 'socket.png'));
      await new Promise((resolve) => server.once('listening', resolve));
      onTestFinished(() => void server.close());
      await symlink('/dev/zero', join(root, 'zero.png'));
      await symlink('.', join(root, 'loop'));
      await symlink('nowhere', join(root, 'dangling.png'));
      await mkdir(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff])]));
      await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe]), Buffer.from('.png')]), 'x');
      await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff]), Buffer.from('/in.png')]), 'x');
      for (const name of ['e\u0301.png', '\u00e9.png', 'empty.png', 'n'.repeat(255)])
        await writeFile(join(root, name), '');
      const deep = join(root, ...Array.from({ length: 40 }, (_, i) => `level-${i}`));
      await mkdir(deep, { recursive: true });
      await writeFile(join(deep, 'deep.png'), 'x');

      const entries = await entriesOf(await open(root));
      const count = (code: string) => entries.filter((entry) => isRefused(entry) && entry.refused === code).length;
      expect(entries.length).toBe(4 + 1 + 3 + 2 + 4 + 1);
      expect(count('image/not-a-file')).toBe(4 + 1 + 3);
      expect(count('image/bad-name')).toBe(2);
      const kinds = entries.flatMap((entry) => (isRefused(entry) ? [`${entry.file}: ${entry.facts.what}`] : []));
      expect(kinds).toContain('a.dcm: pipe');
      expect(kinds).toContain('socket.png: socket');
      expect(kinds).toContain('loop: symbolic link');
      expect(kinds).toContain('\uFFFD.png: it is not valid UTF-8');
      expect(kinds).toContain('f\uFFFD/in.png: it is not valid UTF-8');
    },
  );

  it('lists a folder of many files without holding more than their names', async () => {
    const root = await temporaryFolder();
    const names = Array.from({ length: 3000 }, (_, i) => `${i}.png`);
    await Promise.all(names.map((name) => writeFile(join(root, name), '')));
    const files = (await entriesOf(await open(root))).map(({ file }) => file);
    expect(files).toEqual(names.toSorted());
  });

  it('walks again at each call, and finds what changed', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'a.png'), 'x');
    const source = await open(root);
    expect(await entriesOf(source)).toHaveLength(1);
    await writeFile(join(root, 'b.png'), 'x');
    expect(outcomes(await entriesOf(source))).toEqual({ 'a.png': 'file', 'b.png': 'file' });
  });

  it('names what is wrong with the location', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'text.zip'), 'no archive at all');
    await writeFile(join(root, 'short'), 'PK');
    expect(await codeOf(open(join(root, 'nothing')))).toBe('source/missing');
    expect(await codeOf(open(join(root, 'text.zip', 'below')))).toBe('source/missing');
    expect(await codeOf(open(join(root, 'text.zip')))).toBe('source/unknown-kind');
    expect(await codeOf(open(join(root, 'short')))).toBe('source/unknown-kind');
    expect(await codeOf(open('s3://bucket/data.zip'))).toBe('source/url-scheme');
    expect(await codeOf(openSource(root, { cacheFolder: root, sha256: 'a'.repeat(64) }))).toBe('usage/bad-option');
  });

  it('stops when cancelled', async () => {
    const root = await temporaryFolder();
    for (const name of ['a', 'b', 'c']) await writeFile(join(root, name), '');
    const controller = new AbortController();
    const source = await openSource(root, { cacheFolder: root, signal: controller.signal });
    const seen: string[] = [];
    const walk = async (): Promise<void> => {
      for await (const { file } of source.files()) {
        seen.push(file);
        controller.abort();
      }
    };
    expect(await codeOf(walk())).toBe('cancelled/by-user');
    expect(seen).toEqual(['a']);
  });

  it('reports a sparse file by its size without reading it', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'huge.dcm'), '');
    await truncate(join(root, 'huge.dcm'), 2 ** 40);
    expect(await entriesOf(await open(root))).toMatchObject([{ file: 'huge.dcm', size: 2 ** 40 }]);
  });
});
