import { copyFile, cp, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../src/main/ipc/contract.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { hilumIn, jsonOf, newFolder } from '../../system/phantom-study.ts';

let folder: string;
/** Phantom images, one of them twice and one that is no image. */
let images: string;

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('dataset'));
  await jsonOf(folder, 'phantom', 'drawn', '--scans', '4', '--slices', '3', '--size', '128', '--format', 'png');
  await hilumIn(folder, 'init', 'empty');
  images = join(folder, 'drawn');
  const [first = ''] = (await readdir(join(images, 'Cyst'))).sort();
  await copyFile(join(images, 'Cyst', first), join(images, 'Cyst', 'zz-copy.png'));
  await writeFile(join(images, 'Stone', 'broken.png'), 'no picture');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A core on a new workspace with images of its own inside it. */
async function coreOn(name: string): Promise<TestCore & { workspace: string }> {
  const workspace = join(folder, name);
  await cp(join(folder, 'empty'), workspace, { recursive: true });
  await cp(images, join(workspace, 'my images'), { recursive: true });
  return { ...(await testCore({ folder, workspace })), workspace };
}

async function ingested(name: string): Promise<TestCore & { workspace: string }> {
  const core = await coreOn(name);
  const ended = await done(core, 'dataset/ingest', { source: join(core.workspace, 'my images') });
  expect(ended).toMatchObject({ state: 'completed', kind: 'ingest', title: 'Read the dataset: my images' });
  return core;
}

async function done(
  core: TestCore,
  channel: 'dataset/ingest' | 'dataset/split',
  input: { source?: string | null },
): Promise<Job> {
  const { job } =
    channel === 'dataset/split'
      ? await core.ask(channel, {})
      : await core.ask(channel, { source: input.source ?? null });
  return core.ended(job);
}

const reader = 'Dr. Reader';
const page = { offset: 0, limit: 100 };

describe('dataset/ingest', () => {
  it('reads a folder of the workspace, accounts for every file, and is what `repro` would have done', async () => {
    const core = await coreOn('whole');
    expect(await core.ask('dataset/get', {})).toEqual({ source: null, summary: null, split: null, edits: 0 });
    await expect(core.ask('dataset/ingest', { source: null })).rejects.toMatchObject({
      code: 'config/bad-value',
      facts: { key: 'source' },
    });
    await expect(core.ask('dataset/split', {})).rejects.toMatchObject({ code: 'dataset/missing' });
    const before = await readFile(join(core.workspace, 'config.yaml'), 'utf8');

    await done(core, 'dataset/ingest', { source: join(core.workspace, 'my images') });
    const { source, summary } = await core.ask('dataset/get', {});
    expect(source).toBe(join(core.workspace, 'my images'));
    expect(summary).toMatchObject({
      ...{ found: 50, accepted: 48, duplicates: 1, refused: 1, images: 48, scans: 32, groups: 16 },
      classes: { Cyst: { images: 12, scans: 8, groups: 4 }, Tumor: { images: 12, scans: 8, groups: 4 } },
      ...{ domains: { display: 48 }, formats: { '.png': 48 }, sizes: [{ size: '128 x 128', images: 48 }] },
    });
    expect(await core.ask('dataset/refused', page)).toMatchObject({
      total: 1,
      rows: [{ file: 'Stone/broken.png', code: 'image/unknown-format' }],
    });
    expect(await core.ask('dataset/duplicates', page)).toMatchObject({
      total: 1,
      rows: [{ file: 'Cyst/zz-copy.png' }],
    });
    const after = await readFile(join(core.workspace, 'config.yaml'), 'utf8');
    expect(after).toBe(before.replace('# source: ../images', 'source: "my images"'));

    expect(await done(core, 'dataset/split', {})).toMatchObject({ state: 'completed' });
    const { split } = await core.ask('dataset/get', {});
    expect(split).toMatchObject({ strategy: 'holdout', leakingGroups: 0, stale: false });
    expect(split?.parts.map(({ part }) => part)).toEqual(['train', 'validation', 'test']);
    expect(split?.parts.reduce((sum, { all }) => sum + all.images, 0)).toBe(48);
    await eventually(() => core.pushes).toContainEqual({ topic: 'changed', what: 'dataset' });
    const { params, version } = await core.ask('params/get', {});
    await core.ask('params/save', { params: { ...params, seed: 99 }, version });
    expect((await core.ask('dataset/get', {})).split?.stale).toBe(true);
    await core.core.close();
    expect((await jsonOf(core.workspace, 'status')).stages).toMatchObject([
      { name: 'ingest', change: null },
      { name: 'split', change: { kind: 'parameter', what: 'seed' } },
      {},
      {},
      {},
    ]);
  });

  it('that fails leaves config.yaml as it was; a folder that may not be named is not looked at', async () => {
    const core = await ingested('failing');
    const config = () => readFile(join(core.workspace, 'config.yaml'), 'utf8');
    const before = await config();
    await mkdir(join(folder, 'nothing'), { recursive: true });
    const failed = await done(core, 'dataset/ingest', { source: join(folder, 'nothing') });
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'source/empty' } });
    const address = await done(core, 'dataset/ingest', { source: 'https://images.invalid/a.zip' });
    expect(address).toMatchObject({ state: 'failed', error: { code: 'source/hash-required' } });
    expect(await config()).toBe(before);
    for (const path of ['/etc', `${folder}/../..`, `${core.workspace}/../../../etc`]) {
      await expect(core.ask('dataset/ingest', { source: path })).rejects.toMatchObject({ code: 'access/outside' });
    }
    await expect(core.ask('dataset/ingest', { source: join(folder, 'absent') })).rejects.toMatchObject({
      code: 'source/missing',
    });
    expect((await core.ask('dataset/get', {})).summary?.images).toBe(48);
  });
});

describe('labels', () => {
  it('given by a reader survive the next ingest and make the split stale', async () => {
    const core = await ingested('relabelled');
    await done(core, 'dataset/split', {});
    const cysts = (await core.ask('dataset/images', { class: 'Cyst', ...page })).rows.map(({ image }) => image);
    const two = cysts.slice(0, 2);
    expect(await core.ask('dataset/relabel', { images: two, class: 'Normal', reader })).toEqual({ changed: 2 });
    expect(await core.ask('dataset/relabel', { images: two, class: 'Normal', reader })).toEqual({ changed: 0 });
    const now = await core.ask('dataset/get', {});
    expect(now).toMatchObject({ edits: 2, split: { stale: true } });
    expect(now.summary?.classes).toMatchObject({ Cyst: { images: 10 }, Normal: { images: 14 } });

    await writeFile(join(core.workspace, 'my images/Tumor/more.png'), 'something new');
    expect(await done(core, 'dataset/ingest', { source: null })).toMatchObject({ state: 'completed' });
    expect(await core.ask('dataset/get', {})).toMatchObject({ edits: 2, summary: { found: 51, refused: 2 } });
    const moved = await core.ask('dataset/images', { class: 'Normal', ...page });
    expect(moved.rows.map(({ image }) => image)).toEqual(expect.arrayContaining(two));
    const log = await readFile(join(core.workspace, '.hilum/label-versions.jsonl'), 'utf8');
    expect(JSON.parse(log)).toMatchObject({ version: 1, reader, kind: 'relabel', images: 2 });
  });

  it('are refused for other classes, other images, and while the dataset is being read', async () => {
    const core = await ingested('refused');
    const [image = ''] = (await core.ask('dataset/images', page)).rows.map((row) => row.image);
    await expect(core.ask('dataset/relabel', { images: [image], class: 'Ston', reader })).rejects.toMatchObject({
      code: 'review/bad-class',
      facts: { nearest: 'Stone' },
    });
    for (const hostile of ['../../../etc/passwd', '/etc/passwd', '__proto__', `${image}\u0000`, `my images/${image}`]) {
      await expect(core.ask('dataset/relabel', { images: [hostile], class: 'Stone', reader })).rejects.toMatchObject({
        code: 'call/bad-input',
      });
    }
    const { job } = await core.ask('dataset/ingest', { source: null });
    await expect(core.ask('dataset/relabel', { images: [image], class: 'Stone', reader })).rejects.toMatchObject({
      code: 'workspace/jobs-running',
    });
    await core.ended(job);
    expect(await core.ask('dataset/relabel', { images: [image], class: 'Stone', reader })).toEqual({ changed: 1 });
    expect(core.bugs).toEqual([]);
  });
});

describe('patient groups', () => {
  it('merge and split off; groups that now stand in two parts are counted', async () => {
    const core = await ingested('grouped');
    await done(core, 'dataset/split', {});
    const { groups } = await core.ask('dataset/groups', {});
    expect(groups).toHaveLength(16);
    const inPart = async (part: string) => (await core.ask('dataset/images', { part, offset: 0, limit: 1 })).rows[0];
    const [held, learned] = [await inPart('test'), await inPart('train')];
    const scans = groups.find(({ group }) => group === held?.group)?.scans.map(({ scan }) => scan) ?? [];
    const regroup = { scans, group: learned?.group ?? '', reader };
    expect(await core.ask('dataset/regroup', regroup)).toEqual({ changed: 3 });
    const merged = await core.ask('dataset/groups', {});
    expect(merged.groups).toHaveLength(15);
    const mixed = merged.groups.find(({ group }) => group === regroup.group);
    expect(mixed?.images).toBe(6);
    expect(mixed?.scans.map(({ scan }) => scan)).toEqual(expect.arrayContaining(scans));
    expect((await core.ask('dataset/get', {})).split).toMatchObject({ leakingGroups: 1, stale: true });

    expect(await core.ask('dataset/regroup', { ...regroup, group: ' =new one ' })).toEqual({ changed: 3 });
    const apart = await core.ask('dataset/images', { group: '=new one', ...page });
    expect(apart).toMatchObject({ total: 3, rows: [{ part: 'test' }, { part: 'test' }, { part: 'test' }] });
    expect(await core.ask('dataset/images', { group: '=new one', offset: 2, limit: 1 })).toMatchObject({
      total: 3,
      rows: [{}],
    });
    expect((await done(core, 'dataset/split', {})).state).toBe('completed');
    expect((await core.ask('dataset/get', {})).split).toMatchObject({ leakingGroups: 0, stale: false });
  });
});
