import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { openFeatureCache } from '../../../src/pipeline/training/index.ts';

const dimensions = 5;
const recordBytes = 32 + 4 * dimensions + 4;
const hashOf = (i: number): string => sha256(`image ${i}`);
const vectorOf = (i: number): Float32Array => Float32Array.from({ length: dimensions }, (_, d) => i + d / 7);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openCache = (key = 'rules', size = dimensions) => openFeatureCache(folder, { key, dimensions: size });

async function filled(count: number): Promise<string> {
  const cache = await openCache();
  for (let i = 0; i < count; i++) cache.add(hashOf(i), vectorOf(i));
  await cache.flush();
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

describe('feature cache', () => {
  it('gives back what was added, before and after flush and in a new process', async () => {
    const cache = await openCache();
    cache.add(hashOf(1), vectorOf(1));
    expect(cache.get(hashOf(1))).toEqual(vectorOf(1));
    await cache.flush();
    cache.add(hashOf(2), vectorOf(2));
    cache.add(hashOf(1), vectorOf(9));
    expect(cache.size()).toBe(2);
    await cache.flush();
    const again = await openCache();
    expect(again.size()).toBe(2);
    expect(again.get(hashOf(1))).toEqual(vectorOf(1));
    expect(again.has(hashOf(3))).toBe(false);
    expect(again.get(hashOf(3))).toBeUndefined();
    expect([...again.matrix([hashOf(2), hashOf(1), hashOf(2)])]).toEqual([
      ...vectorOf(2),
      ...vectorOf(1),
      ...vectorOf(2),
    ]);
    expect(() => again.matrix([hashOf(3)])).toThrow(RangeError);
  });

  it('keeps what is added while a flush is under way', async () => {
    const cache = await openCache();
    cache.add(hashOf(1), vectorOf(1));
    const first = cache.flush();
    cache.add(hashOf(2), vectorOf(2));
    await Promise.all([first, cache.flush()]);
    const again = await openCache();
    expect(again.get(hashOf(2))).toEqual(vectorOf(2));
  });

  it('[F1] cuts a torn tail off and goes on behind the last whole record', async () => {
    const path = await filled(4);
    await truncate(path, 48 + 3 * recordBytes + 17);
    const cache = await openCache();
    expect(cache.size()).toBe(3);
    expect(cache.has(hashOf(3))).toBe(false);
    cache.add(hashOf(3), vectorOf(3));
    await cache.flush();
    const again = await openCache();
    expect(again.size()).toBe(4);
    expect(again.get(hashOf(3))).toEqual(vectorOf(3));
  });

  it('[C4] never uses a record with any byte changed; the others stay', async () => {
    const path = await filled(4);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(4 * recordBytes - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(whole);
        bytes[48 + at] = (bytes[48 + at] ?? 0) ^ flip;
        await writeFile(path, bytes);
        const cache = await openCache();
        expect(cache.size()).toBe(3);
        for (let i = 0; i < 4; i++) {
          const expected = i === Math.floor(at / recordBytes) ? undefined : vectorOf(i);
          expect(cache.get(hashOf(i))).toEqual(expected);
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('[C4] passes over a hole of zeros that a power cut left', async () => {
    const path = await filled(2);
    await truncate(path, 48 + 5 * recordBytes);
    expect((await openCache()).size()).toBe(2);
  });

  it('begins anew on a file of another key, another dimension or a broken header', async () => {
    const path = await filled(3);
    expect((await openCache('other rules')).size()).toBe(0);
    expect((await openCache()).size()).toBe(3);
    const other = join(folder, `${sha256('foreign')}.features`);
    await copyFile(path, other);
    const foreign = await openCache('foreign');
    expect(foreign.size()).toBe(0);
    foreign.add(hashOf(7), vectorOf(7));
    await foreign.flush();
    expect((await openCache('foreign')).get(hashOf(7))).toEqual(vectorOf(7));
    expect((await openCache('foreign', dimensions + 1)).size()).toBe(0);
    await writeFile(path, 'no cache');
    expect((await openCache()).size()).toBe(0);
  });

  it('[C5] refuses numbers that are not finite', async () => {
    const cache = await openCache();
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const vector = vectorOf(1);
      vector[3] = bad;
      expect(() => cache.add(hashOf(1), vector)).toThrow('image/invalid-output');
    }
    expect(cache.size()).toBe(0);
  });

  it('reports a disk that cannot be written as a code', async () => {
    await writeFile(join(folder, 'file'), '');
    const opened = openFeatureCache(join(folder, 'file', 'below'), { key: 'k', dimensions });
    await expect(opened).rejects.toThrow('config/not-writable');
  });
});
