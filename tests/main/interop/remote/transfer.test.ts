import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DvcCache } from '../../../../src/main/interop/dvc/cache.ts';
import { fetchObjects } from '../../../../src/main/interop/remote/fetch-objects.ts';
import { countUnpushed, pushObjects } from '../../../../src/main/interop/remote/push-objects.ts';
import type { RemoteStore } from '../../../../src/main/interop/remote/store.ts';
import { md5 } from '../../../../src/main/workspace/hashes.ts';
import { cacheWith, emptyCache, emptyStore, options, soundObjects, spoil } from './world.ts';

const files = { 'a.png': 'one', 'b/c.png': 'two', 'b/😀 ü.png': 'three', 'empty.txt': '' };
const oids = Object.values(files).map((bytes) => md5(bytes));

describe('a push', () => {
  it('brings every file and then the folder; twice sends nothing', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store, folder } = await emptyStore();
    expect(await countUnpushed(cache, store, [oid], options.signal)).toEqual({ objects: 5, unpushed: 5 });
    const first = await pushObjects(cache, store, [oid, oid], options);
    expect(first).toMatchObject({ moved: 5, there: 0, missing: [], corrupt: [] });
    expect(soundObjects(folder)).toEqual([...oids, oid].sort());
    expect(await pushObjects(cache, store, [oid], options)).toMatchObject({ moved: 0, bytes: 0, there: 5 });
    expect(await countUnpushed(cache, store, [oid], options.signal)).toEqual({ objects: 5, unpushed: 0 });
    expect(statSync(join(folder, 'files/md5', oid.slice(0, 2), oid.slice(2))).mode & 0o777).toBe(0o444);
  });

  it('[E4] sends the folder last, and not at all while one of its files is missing or corrupt', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store } = await emptyStore();
    const sent: string[] = [];
    const watched: RemoteStore = {
      ...store,
      async send(each, path, signal) {
        await store.send(each, path, signal);
        sent.push(each);
      },
    };
    await pushObjects(cache, watched, [oid], options);
    expect(sent.at(-1)).toBe(oid);

    const harms = [
      (own: DvcCache, each: string) => rmSync(own.pathOf(each)),
      (own: DvcCache, each: string) => spoil(own.folder, each, 'eno'),
    ];
    for (const harm of harms) {
      const { cache: own, oid: folderOid } = await cacheWith(files);
      const target = await emptyStore();
      harm(own, md5('one'));
      const result = await pushObjects(own, target.store, [folderOid], options);
      expect([...result.missing, ...result.corrupt]).toEqual([md5('one')]);
      expect(soundObjects(target.folder)).toEqual(oids.filter((each) => each !== md5('one')).sort());
    }
  });

  it('sends again what the remote has cut short', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store, folder } = await emptyStore();
    await pushObjects(cache, store, [oid], options);
    spoil(folder, md5('three'), 'thr');
    expect(await pushObjects(cache, store, [oid], options)).toMatchObject({ moved: 1, there: 4 });
    expect(soundObjects(folder).length).toBe(5);
  });

  it('is cancelled between objects, and goes on the next time', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store, folder } = await emptyStore();
    const stop = new AbortController();
    const stopping: RemoteStore = {
      ...store,
      async send(each, path, signal) {
        await store.send(each, path, signal);
        stop.abort();
      },
    };
    await expect(pushObjects(cache, stopping, [oid], { ...options, signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled/by-user',
    });
    expect(soundObjects(folder)).not.toContain(oid);
    await pushObjects(cache, store, [oid], options);
    expect(soundObjects(folder)).toContain(oid);
  });
});

describe('a fetch', () => {
  it('brings a folder with its files into an empty cache; twice receives nothing', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store } = await emptyStore();
    await pushObjects(cache, store, [oid], options);
    const other = emptyCache();
    expect(await fetchObjects(other, store, [oid], options)).toMatchObject({ moved: 5, missing: [], corrupt: [] });
    expect(soundObjects(other.folder)).toEqual([...oids, oid].sort());
    expect(await other.isWhole(oid)).toBe(true);
    expect(await fetchObjects(other, store, [oid], options)).toMatchObject({ moved: 0, there: 5 });
  });

  it('[E4] refuses and names an object with other content; the folder is not whole then, and what was good stays', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store, folder } = await emptyStore();
    await pushObjects(cache, store, [oid], options);
    spoil(folder, md5('two'), 'owt');
    const other = emptyCache();
    const result = await fetchObjects(other, store, [oid], options);
    expect(result).toMatchObject({ moved: 3, missing: [], corrupt: [md5('two')] });
    expect(soundObjects(other.folder)).toEqual([md5('one'), md5('three'), md5('')].sort());
    expect(await other.has(oid)).toBe(false);
  });

  it('brings a list again that the cache holds with other content', async () => {
    const { cache, oid } = await cacheWith(files);
    const { store } = await emptyStore();
    await pushObjects(cache, store, [oid], options);
    spoil(cache.folder, oid);
    expect(await fetchObjects(cache, store, [oid], options)).toMatchObject({ moved: 1, there: 4, corrupt: [] });
    expect(soundObjects(cache.folder)).toEqual([...oids, oid].sort());
  });

  it('refuses a folder whose list is another, or leads out of it', async () => {
    const { store, folder } = await emptyStore();
    const other = emptyCache();
    const list = `[{"md5": "${md5('x')}", "relpath": "../../etc/passwd"}]`;
    const hostile = `${md5(list)}.dir`;
    const absent = `${'0'.repeat(32)}.dir`;
    mkdirSync(join(folder, 'files/md5', hostile.slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, 'files/md5', hostile.slice(0, 2), hostile.slice(2)), list);
    const result = await fetchObjects(other, store, [hostile, absent], options);
    expect(result).toMatchObject({ moved: 0, missing: [absent], corrupt: [hostile] });
    expect(soundObjects(other.folder)).toEqual([]);
  });

  it('goes on with a large object where it was cut, and starts anew when what it had was wrong', async () => {
    const bytes = Buffer.alloc(3 * 2 ** 20, 'kidney ');
    const { cache, oid } = await cacheWith({ 'big.bin': bytes });
    const { store } = await emptyStore();
    await pushObjects(cache, store, [oid], options);
    const big = md5(bytes);
    for (const [head, offsets] of [
      [bytes.subarray(0, 2 * 2 ** 20), [2 * 2 ** 20]],
      [Buffer.alloc(2 * 2 ** 20, 'wrong'), [2 * 2 ** 20, 0]],
      [bytes.subarray(0, 100), [0]],
      [bytes, [bytes.length]],
      [Buffer.concat([bytes, bytes]), [2 * bytes.length, 0]],
    ] as const) {
      const other = emptyCache();
      mkdirSync(join(other.folder, 'tmp/incoming'), { recursive: true });
      writeFileSync(join(other.folder, 'tmp/incoming', `${big}.part`), head);
      const asked: number[] = [];
      const watched: RemoteStore = {
        ...store,
        receive(each, from, signal) {
          if (each === big) asked.push(from);
          return store.receive(each, from, signal);
        },
      };
      expect(await fetchObjects(other, watched, [oid], options)).toMatchObject({ moved: 2, corrupt: [] });
      expect(asked).toEqual(offsets);
      expect(readFileSync(other.pathOf(big)).equals(bytes)).toBe(true);
      expect(existsSync(join(other.folder, 'tmp/incoming', `${big}.part`))).toBe(false);
    }
  });
});
