import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openHasher } from '../../../src/main/workspace/hashes.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const odd = ['a"b\\c.txt', '😀.txt', '豈.txt', 'ü.txt', '\u007f.txt', 'sub/.hidden', 'sub/empty'];

function oddFolder(): string {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, 'sub', 'no-files'), { recursive: true });
  for (const name of odd) writeFileSync(join(folder, name), name === 'sub/empty' ? '' : `${name}\r\n`);
  return folder;
}

it('hashes files and folders as DVC does (value from Python: hashlib and json.dumps(sort_keys=True))', async () => {
  const folder = oddFolder();
  const hasher = await openHasher(join(folder, '..', 'cache.json'));
  expect(await hasher.hash(folder)).toEqual({ md5: '57f5c252b6048379604fa5d710378c13.dir', size: 58, files: 7 });
  expect(await hasher.hash(join(folder, 'sub', 'empty'))).toEqual({ md5: 'd41d8cd98f00b204e9800998ecf8427e', size: 0 });
  expect(await hasher.hash(join(folder, 'nothing'))).toBeUndefined();
});

it('a link to a file counts as that file, a broken one not at all', async () => {
  const folder = oddFolder();
  const plain = join(folder, '..', 'plain');
  mkdirSync(plain);
  writeFileSync(join(plain, 'a'), 'same');
  const linked = join(folder, '..', 'linked');
  mkdirSync(linked);
  symlinkSync(join(plain, 'a'), join(linked, 'a'));
  symlinkSync(join(plain, 'gone'), join(linked, 'b'));
  const hasher = await openHasher(join(folder, '..', 'cache.json'));
  expect(await hasher.hash(linked)).toEqual(await hasher.hash(plain));
});

it('a second look takes unchanged files from the cache and sees every change', async () => {
  const folder = oddFolder();
  const cache = join(folder, '..', 'cache.json');
  const old = new Date(2020, 1, 1);
  for (const name of odd) utimesSync(join(folder, name), old, old);
  const first = await openHasher(cache);
  const before = await first.hash(folder);
  await first.save();
  expect(Object.keys(JSON.parse(readFileSync(cache, 'utf8')).files)).toHaveLength(odd.length);
  const second = await openHasher(cache);
  expect(await second.hash(folder)).toEqual(before);
  // Same size and another time: read again.
  const path = join(folder, 'ü.txt');
  writeFileSync(path, readFileSync(path, 'utf8').replace('ü', 'ö'));
  expect(statSync(path).mtimeMs).not.toBe(old.getTime());
  expect((await (await openHasher(cache)).hash(folder))?.md5).not.toBe(before?.md5);
});

it('a file changed a moment ago is not trusted next time: its time may not move on the next change', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache.json');
  writeFileSync(join(folder, 'young'), 'a');
  const hasher = await openHasher(cache);
  await hasher.hash(join(folder, 'young'));
  await hasher.save();
  expect(JSON.parse(readFileSync(cache, 'utf8')).files).toEqual({});
});

it('a damaged cache is an empty one', async () => {
  const folder = oddFolder();
  const cache = join(folder, '..', 'cache.json');
  writeFileSync(cache, '{"version":1,"files":{"x":');
  expect((await (await openHasher(cache)).hash(folder))?.files).toBe(odd.length);
});
