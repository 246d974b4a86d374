import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStatCache } from '../../../src/pipeline/files/index.ts';
import { temporaryFolder } from './helpers/temp.ts';

const schema = z.strictObject({ hash: z.string(), frames: z.array(z.number()) });
const result = { hash: 'abc', frames: [1, 2] };
const state = { size: 10, mtimeMs: 1700000000000.125, ino: 42 };

async function saved(path: string, key = 'reader 1') {
  const cache = await openStatCache(path, schema, key);
  cache.set('a.png', state, result);
  cache.set('__proto__', state, { hash: 'odd', frames: [] });
  await cache.save();
}

describe('the stat cache', () => {
  it('gives a result back while size, time and inode are the same', async () => {
    const path = join(await temporaryFolder(), 'cache', 'facts');
    await saved(path);
    const cache = await openStatCache(path, schema, 'reader 1');
    expect(cache.get('a.png', state)).toEqual(result);
    expect(cache.get('__proto__', state)).toEqual({ hash: 'odd', frames: [] });
    for (const changed of [{ size: 11 }, { mtimeMs: state.mtimeMs + 0.25 }, { ino: 43 }]) {
      expect(cache.get('a.png', { ...state, ...changed })).toBeUndefined();
    }
    expect(cache.get('b.png', state)).toBeUndefined();
  });

  it('is empty under another key, and a result of another shape is not given', async () => {
    const path = join(await temporaryFolder(), 'facts');
    await saved(path);
    expect((await openStatCache(path, schema, 'reader 2')).get('a.png', state)).toBeUndefined();
    expect((await openStatCache(path, z.string(), 'reader 1')).get('a.png', state)).toBeUndefined();
  });

  it('is empty when the file is damaged anywhere, foreign, or a folder', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'facts');
    await saved(path);
    const bytes = await readFile(path);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const damaged = Buffer.from(bytes);
          damaged[at] = (damaged[at] ?? 0) ^ flip;
          await writeFile(path, cut ? bytes.subarray(0, at) : damaged);
          expect((await openStatCache(path, schema, 'reader 1')).get('a.png', state)).toBeUndefined();
        },
      ),
      { seed: 1, numRuns: 150 },
    );
    await mkdir(join(folder, 'folder'));
    expect((await openStatCache(join(folder, 'folder'), schema, 'k')).get('a.png', state)).toBeUndefined();
  });

  it('forgets what was not seen, and only when told to', async () => {
    const path = join(await temporaryFolder(), 'facts');
    await saved(path);
    const second = await openStatCache(path, schema, 'reader 1');
    second.get('a.png', state);
    await second.save();
    const third = await openStatCache(path, schema, 'reader 1');
    expect(third.get('__proto__', state)).toBeDefined();
    third.dropUnseen();
    await third.save();
    const fourth = await openStatCache(path, schema, 'reader 1');
    expect(fourth.get('a.png', state)).toBeUndefined();
    expect(fourth.get('__proto__', state)).toBeDefined();
  });
});
