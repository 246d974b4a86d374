import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DvcCache, openDvcCache } from '../../../../src/main/interop/dvc/cache.ts';
import { folderObject, md5, openHasher } from '../../../../src/main/workspace/hashes.ts';
import { byCodePoint } from '../../../../src/pipeline/domain/names.ts';
import { temporaryFolder } from '../../../helpers/records.ts';

let root: string;
let cache: DvcCache;

beforeEach(async () => {
  root = temporaryFolder();
  cache = await openDvcCache(root);
});

function write(name: string, text: string): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Overwrites an object as a failing disk would: the name stays. */
function spoil(oid: string, text: string): void {
  const path = cache.pathOf(oid);
  chmodSync(path, 0o644);
  writeFileSync(path, text);
  chmodSync(path, 0o444);
}

describe('cache of DVC', () => {
  it('a file lies under its MD5, read-only, and is no link to the original', async () => {
    const path = write('a.txt', 'one');
    const content = await cache.put(path);
    expect(content).toEqual({ md5: md5('one'), size: 3 });
    const object = cache.pathOf(content.md5);
    expect(object).toBe(join(root, '.dvc/cache/files/md5', content.md5.slice(0, 2), content.md5.slice(2)));
    expect(statSync(object).mode & 0o777).toBe(0o444);
    writeFileSync(path, 'two');
    expect(readFileSync(object, 'utf8')).toBe('one');
    expect(readdirSync(join(cache.folder, 'tmp'))).toEqual([]);
  });

  it('a folder comes back the same, empty files and odd names too', async () => {
    const names = ['😀.txt', '豈.txt', 'ü "q" \\b\u007f', 'sub/.hidden', 'sub/empty'].filter(
      (name) => process.platform !== 'win32' || !/["\\]/.test(name),
    );
    for (const name of names) write(`data/${name}`, name === 'sub/empty' ? '' : name);
    const hasher = await openHasher(join(root, 'md5.json'));
    const content = await cache.put(join(root, 'data'), hasher);
    expect(content).toEqual(await hasher.hash(join(root, 'data')));
    expect((await cache.entriesOf(content.md5)).map(({ relpath }) => relpath)).toEqual(names.toSorted(byCodePoint));
    await cache.restore(content.md5, join(root, 'again'), { verify: true });
    expect(await hasher.hash(join(root, 'again'))).toEqual(content);
    expect(statSync(join(root, 'again', 'sub')).isDirectory()).toBe(true);
  });

  it('a restored file may be written to, and replaces a folder of its name', async () => {
    const { md5: oid } = await cache.put(write('a.txt', 'one'));
    mkdirSync(join(root, 'target'));
    await cache.restore(oid, join(root, 'target'), { verify: true });
    writeFileSync(join(root, 'target'), 'two');
    expect(readFileSync(cache.pathOf(oid), 'utf8')).toBe('one');
  });

  it('an object whose content is not that of its name is named and not used; the old target stays', async () => {
    const { md5: file } = await cache.put(write('data/a', 'one'));
    const { md5: folder } = await cache.put(join(root, 'data'));
    spoil(file, 'bad');
    const target = join(root, 'data');
    await expect(cache.restore(folder, target, { verify: true })).rejects.toMatchObject({
      code: 'dvc/object-corrupt',
      facts: { oid: file },
    });
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('one');
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    spoil(folder, '[]');
    await expect(cache.entriesOf(folder)).rejects.toMatchObject({ code: 'dvc/object-corrupt' });
    // Put again, it is sound again.
    await cache.put(target);
    await cache.restore(folder, join(root, 'again'), { verify: true });
  });

  it('what is missing is named', async () => {
    const oid = md5('nowhere');
    await expect(cache.restore(oid, join(root, 'x'), { verify: true })).rejects.toMatchObject({
      code: 'dvc/object-missing',
      facts: { oid },
    });
    write('data/a', 'one');
    const { md5: folder } = await cache.put(join(root, 'data'));
    expect(await cache.isWhole(folder)).toBe(true);
    rmSync(cache.pathOf(md5('one')));
    expect(await cache.isWhole(folder)).toBe(false);
    expect(await cache.isWhole(oid)).toBe(false);
  });

  it.each(['../out', '/etc/x', 'a/../../b', 'a//b', '.', ''])('a list that names %j is refused', async (relpath) => {
    const text = folderObject([{ md5: md5('one'), relpath }]);
    const oid = `${md5(text)}.dir`;
    mkdirSync(dirname(cache.pathOf(oid)), { recursive: true });
    writeFileSync(cache.pathOf(oid), text);
    await expect(cache.entriesOf(oid)).rejects.toMatchObject({ code: 'dvc/object-corrupt' });
  });

  it.each(['', 'x', '../../a', `${'a'.repeat(32)}.dirx`, 'A'.repeat(32)])('%j is no oid', async (oid) => {
    await expect(cache.has(oid)).rejects.toMatchObject({ code: 'dvc/object-corrupt' });
  });

  it('`cache.dir` of the configuration counts, that of config.local first, relative to .dvc', async () => {
    write('.dvc/config', '[cache]\n    dir = ../shared\n');
    expect((await openDvcCache(root)).folder).toBe(join(root, 'shared'));
    write('.dvc/config.local', `['cache']\n    DIR = "${join(root, 'local, cache')}"\n`);
    expect((await openDvcCache(join(root, 'below'))).folder).toBe(join(root, 'local, cache'));
  });

  it('the list of a folder reads back for any names', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(
        (text) =>
          !/[/\\:\0\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')) && !/^\.{1,2}$/.test(text),
      );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), async (names) => {
        const entries = names.toSorted(byCodePoint).map((relpath) => ({ md5: md5(relpath), relpath }));
        const oid = await cache.putFolder(entries);
        expect(await cache.entriesOf(oid)).toEqual(entries);
        expect(readFileSync(cache.pathOf(oid), 'latin1')).toMatch(/^[\x20-\x7e]*$/);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
