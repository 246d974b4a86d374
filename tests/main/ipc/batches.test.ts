import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModelIdentity } from '../../../src/main/workspace/model-identity.ts';
import { hilum as hilumCli } from '../../helpers/cli.ts';
import { caller, type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addTinyModel, drawScans, writeSeries } from '../../helpers/scans.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(() => buildHilum());

const byFile = { by: 'file', descending: false } as const;

async function classified(core: TestCore, folder: string, model: string): Promise<string> {
  const { job } = await core.ask('batches/start', { folder, model });
  const ended = await core.ended(job);
  expect(ended).toMatchObject({ state: 'completed', error: null, resumable: false });
  expect(ended.subject).not.toBeNull();
  return ended.subject ?? '';
}

describe('a batch through the page', () => {
  it('gives the rows that the command line writes, byte for byte', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, 12);
    const batch = await classified(core, folder, model);
    const csv = join(core.folder, 'cli.csv');
    const json = join(core.folder, 'cli.json');
    for (const out of [csv, json]) {
      const words = [
        'classify',
        folder,
        '--out',
        out,
        '--model',
        join(core.folder, 'tiny-3'),
        '--records',
        `${out}.records`,
      ];
      expect((await hilumCli(words, { cwd: core.folder })).code).toBe(3);
    }
    await core.ask('batches/export', { batch, format: 'csv' });
    expect(core.delivered.get('incoming.csv')).toBe(await readFile(csv, 'utf8'));
    await core.ask('batches/export', { batch, format: 'json' });
    const times = /"(created_at|elapsed_ms|images_per_second)":("[^"]*"|[\d.]+)/g;
    const exported = core.delivered.get('incoming.json')?.replace(times, '"$1":0');
    expect(exported).toBe((await readFile(json, 'utf8')).replace(times, '"$1":0'));
  });

  it('says what it found, in pages and in any order', async () => {
    const core = await testCore();
    const folder = await drawScans(core.folder, 12);
    const batch = await classified(core, folder, await addTinyModel(core));
    const { batches } = await core.ask('batches/list', {});
    expect(batches).toMatchObject([
      { id: batch, title: 'incoming', files: 13, done: 13, outcome: 'completed', reviewed: 0, sourceThere: true },
    ]);
    const details = await core.ask('batches/get', { batch });
    expect(details.byCode).toEqual([
      { code: 'image/unknown-format', images: 1, reason: expect.stringContaining('none of PNG') },
    ]);
    const { total, rows } = await core.ask('batches/rows', { batch, filter: {}, sort: byFile, offset: 0, limit: 5 });
    expect(total).toBe(13);
    expect(rows.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5]);
    const refused = await core.ask('batches/rows', {
      batch,
      filter: { states: ['refused'] },
      sort: byFile,
      offset: 0,
      limit: 5,
    });
    expect(refused.rows).toMatchObject([
      { file: 'broken.png', class: null, probability: null, code: 'image/unknown-format' },
    ]);
    const urgency = { by: 'urgency', descending: false } as const;
    const urgent = await core.ask('batches/rows', { batch, filter: {}, sort: urgency, offset: 0, limit: 50 });
    for (const [offset, { item, frame }] of urgent.rows.entries()) {
      expect(await core.ask('batches/position', { batch, item, frame, filter: {}, sort: urgency })).toEqual({ offset });
    }
    const hidden = { batch, item: 1, frame: 0, filter: { text: 'no such name' }, sort: byFile };
    expect(await core.ask('batches/position', hidden)).toEqual({ offset: null });
  });

  it('joins the slices of a scan and finds its neighbours', async () => {
    const core = await testCore();
    const folder = join(core.folder, 'incoming');
    await writeSeries(join(folder, 'series'), 4);
    await drawScans(core.folder, 6);
    const batch = await classified(core, folder, await addTinyModel(core));
    const { rows } = await core.ask('batches/rows', {
      batch,
      filter: { text: 'SLICE' },
      sort: byFile,
      offset: 0,
      limit: 9,
    });
    expect(rows).toHaveLength(4);
    const [first] = rows;
    const near = await core.ask('batches/neighbours', { batch, item: first?.item ?? 0, frame: 0 });
    expect(near.scan).toBe(first?.scan);
    expect(near.images.map(({ image }) => image)).toEqual(rows.map(({ image }) => image));
    const { total, scans } = await core.ask('batches/scans', { batch, offset: 0, limit: 10 });
    expect(total).toBe(1);
    expect(scans[0]).toMatchObject({ scan: first?.scan, images: 4, refused: 0, reviewed: 0 });
    expect(rows.map(({ item }) => item)).toContain(scans[0]?.key.item);
    const picture = await core.ask('batches/rows', {
      batch,
      filter: { text: 'below/' },
      sort: byFile,
      offset: 0,
      limit: 1,
    });
    const beside = await core.ask('batches/neighbours', { batch, item: picture.rows[0]?.item ?? 0, frame: 0 });
    expect(beside).toMatchObject({ scan: '' });
    expect(beside.images.map(({ image }) => image)).toEqual(['below/image 0003.png', 'below/image 0006.png']);
  });

  it('keeps what readers say, with time and model, and takes it back', async () => {
    const core = await testCore({ now: () => '2026-03-04T05:06:07.000Z' });
    const folder = await drawScans(core.folder, 3);
    const model = await addTinyModel(core);
    const batch = await classified(core, folder, model);
    const image = { batch, item: 1, frame: 0, reader: 'Dr. A' };
    const answer = await core.ask('batches/rows', { batch, filter: {}, sort: byFile, offset: 0, limit: 1 });
    const accepted = await core.ask('batches/review', { ...image, decision: 'accept', class: null });
    expect(accepted.review).toEqual({
      decision: 'accept',
      class: answer.rows[0]?.class,
      reader: 'Dr. A',
      at: '2026-03-04T05:06:07.000Z',
    });
    await core.ask('batches/review', { ...image, decision: 'correct', class: 'Stone', reader: 'Dr. B' });
    await expect(core.ask('batches/review', { ...image, decision: 'correct', class: 'Stine' })).rejects.toMatchObject({
      code: 'review/bad-class',
      facts: { nearest: 'Stone' },
    });
    await expect(core.ask('batches/review', { ...image, decision: 'correct', class: null })).rejects.toMatchObject({
      code: 'review/bad-class',
    });
    await expect(
      core.ask('batches/review', { ...image, item: 99, decision: 'refuse', class: null }),
    ).rejects.toMatchObject({ code: 'review/no-image' });
    const counted = await core.ask('batches/rows', {
      batch,
      filter: { reviewed: true },
      sort: byFile,
      offset: 0,
      limit: 9,
    });
    expect(counted.rows.map(({ review }) => review?.class)).toEqual(['Stone']);
    await core.ask('batches/export', { batch, format: 'reviews' });
    expect(core.delivered.get('incoming-reviews.csv')?.split('\n')).toEqual([
      'file,image,predicted,decision,class,reader,at,model,notice',
      expect.stringMatching(new RegExp(`accept,${answer.rows[0]?.class},Dr. A,2026-03-04T05:06:07.000Z,${model},`)),
      expect.stringMatching(/correct,Stone,Dr. B,/),
      '',
    ]);
    await core.ask('batches/export', { batch, format: 'html' });
    expect(core.delivered.get('incoming-report.html')).toContain('Decisions of readers');
    const back = await core.ask('batches/undo-review', { ...image, reader: 'Dr. B' });
    expect(back.review).toMatchObject({ decision: 'accept', reader: 'Dr. A' });
    expect((await core.ask('batches/undo-review', image)).review).toBeNull();
    expect((await core.ask('batches/undo-review', image)).review).toBeNull();
    expect((await core.ask('batches/list', {})).batches[0]?.reviewed).toBe(0);
  });

  it('writes nothing before its checks have passed', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const empty = join(core.folder, 'empty');
    await mkdir(empty);
    const folder = await drawScans(core.folder, 1);
    const refusals = [
      [{ folder: join(core.folder, 'nowhere'), model }, 'source/missing'],
      [{ folder: '/etc', model }, 'access/outside'],
      [{ folder: empty, model }, 'source/empty'],
      [{ folder, model: 'f'.repeat(64) }, 'model/unknown'],
    ] as const;
    for (const [input, code] of refusals)
      await expect(core.ask('batches/start', input)).rejects.toMatchObject({ code });
    expect(await core.ask('batches/list', {})).toEqual({ batches: [] });
    expect(await core.ask('jobs/list', {})).toEqual({ jobs: [] });
  });

  it('refuses a model that was changed after its seal was read', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const other = await sealTinyModel(join(core.folder, 'other'), { seed: 9 });
    const { workspace } = await core.ask('app/state', {});
    const stored = join(workspace.root, '.hilum', 'models', model);
    expect((await readModelIdentity(stored)).seal).toBe(model);
    for (const file of [...Object.keys(other.files), 'seal.json']) {
      await writeFile(join(stored, file), await readFile(join(core.folder, 'other', file)));
    }
    const folder = await drawScans(core.folder, 2);
    await expect(core.ask('batches/start', { folder, model })).rejects.toMatchObject({ code: 'model/seal-broken' });
  });

  it('is taken out of the records with all that belongs to it, the scans stay', async () => {
    const core = await testCore();
    const folder = await drawScans(core.folder, 3);
    const batch = await classified(core, folder, await addTinyModel(core));
    await core.ask('batches/review', { batch, item: 1, frame: 0, decision: 'refuse', class: null, reader: 'A' });
    await core.ask('batches/delete', { batch });
    expect(await core.ask('batches/list', {})).toEqual({ batches: [] });
    expect(await core.core.call('batches/get', { batch }, caller)).toMatchObject({
      ok: false,
      error: { code: 'batch/unknown' },
    });
    expect((await readFile(join(folder, 'broken.png'), 'utf8')).length).toBeGreaterThan(0);
    expect(core.bugs).toEqual([]);
  });
});
