import { copyFile, mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTensorflow } from '../../helpers/cli.ts';
import { testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { hilumIn, jsonOf, newFolder } from '../../system/phantom-study.ts';

let folder: string;
const reader = 'Dr. Reader';
const page = { show: 'all' as const, offset: 0, limit: 100 };

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('suspects'));
  await jsonOf(folder, 'phantom', 'drawn', '--scans', '2', '--slices', '3', '--size', '96', '--format', 'png');
  const [first = ''] = (await readdir(join(folder, 'drawn', 'Cyst'))).sort();
  await mkdir(join(folder, 'drawn', 'Tumor'), { recursive: true });
  await copyFile(join(folder, 'drawn', 'Cyst', first), join(folder, 'drawn', 'Tumor', 'zz-copy.png'));
  await hilumIn(folder, 'init', 'study', '--source', 'drawn');
  await writeFile(join(folder, 'study', 'params.yaml'), 'image:\n  size: 64\ntraining:\n  epochs: 2\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!hasTensorflow)('suspect labels', () => {
  it('are found, relabelled or kept, and a kept one does not come again', async () => {
    const { ask, ended } = await testCore({ folder, workspace: join(folder, 'study') });
    await ended((await ask('dataset/ingest', { source: null })).job);
    expect(await ask('suspects/get', page)).toMatchObject({ search: null, total: 0, classes: expect.any(Array) });
    expect((await ask('dataset/duplicates', { offset: 0, limit: 9 })).rows).toMatchObject([{ otherClass: 'Tumor' }]);
    expect(await ended((await ask('suspects/find', {})).job)).toMatchObject({ kind: 'suspects', state: 'completed' });

    const list = await ask('suspects/get', page);
    expect(list).toMatchObject({ total: 24, open: 24, search: { images: 24, identical: 1, stale: false } });
    const [first, second] = list.rows;
    if (first === undefined || second === undefined) throw new Error('no rows');
    expect(first).toMatchObject({ rank: 1, class: 'Cyst', suggested: 'Tumor', reason: 'identical-pixels' });
    expect(first).toMatchObject({ state: 'open', ref: { of: 'dataset', image: first.image } });

    await ask('dataset/relabel', { images: [first.image], class: 'Tumor', reader });
    await ask('suspects/keep', { image: second.image, class: second.class, kept: true, reader });
    const after = await ask('suspects/get', page);
    expect(after.rows.slice(0, 2).map(({ state }) => state)).toEqual(['relabelled', 'kept']);
    expect(after).toMatchObject({ open: 22, search: { stale: true } });

    // Looked at anew: the relabelled one is one of many, the kept one stays settled.
    await ended((await ask('suspects/find', {})).job);
    const again = await ask('suspects/get', page);
    expect(again.rows.find(({ image }) => image === second.image)?.state).toBe('kept');
    expect(again.search).toMatchObject({ identical: 0, stale: false });
    await ask('suspects/keep', { image: second.image, class: second.class, kept: false, reader });
    expect((await ask('suspects/get', page)).open).toBe(24);
    await expect(ask('suspects/keep', { image: 'none', class: 'Cyst', kept: true, reader })).rejects.toMatchObject({
      code: 'call/bad-input',
    });
  });
});
