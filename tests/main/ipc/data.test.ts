import { cp, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRemote } from '../../../src/main/interop/remote/names.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { hilumIn, jsonOf, newFolder } from '../../system/phantom-study.ts';

let folder: string;
const reader = 'Dr. Reader';
const page = { kind: null, offset: 0, limit: 100 };

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('data'));
  await jsonOf(folder, 'phantom', 'images', '--scans', '3', '--slices', '2', '--size', '64', '--format', 'png');
  await jsonOf(folder, 'init', 'made', '--source', 'images');
  await hilumIn(join(folder, 'made'), 'ingest');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function coreOn(name: string): Promise<TestCore & { workspace: string }> {
  const workspace = join(folder, name);
  await cp(join(folder, 'made'), workspace, { recursive: true });
  return { ...(await testCore({ folder, workspace })), workspace };
}

describe('data', () => {
  it('lists versions, compares two, and restores one', async () => {
    const core = await coreOn('versions');
    const [image = ''] = (await core.ask('dataset/images', { class: 'Cyst', offset: 0, limit: 1 })).rows.map(
      (row) => row.image,
    );
    await core.ask('dataset/relabel', { images: [image], class: 'Stone', reader });
    const { versions, unrecorded } = await core.ask('data/versions', {});
    expect(unrecorded).toBe(false);
    expect(versions).toMatchObject([
      { version: 2, reason: 'relabel', isCurrent: true, inCache: true, changes: { relabelled: 1 }, stale: ['ingest'] },
      { version: 1, reason: 'ingest', isCurrent: false, changes: null, stale: [], counts: { images: 24 } },
    ]);
    const diff = await core.ask('data/diff', { a: '1', b: 'current', ...page });
    expect(diff).toMatchObject({
      counts: { relabelled: 1, added: 0 },
      total: 1,
      rows: [{ change: 'relabelled', image, from: 'Cyst', to: 'Stone' }],
    });
    expect(await core.ask('data/diff', { a: '1', b: '2', ...page, kind: 'added' })).toMatchObject({ total: 0 });
    const done = await core.ask('data/checkout', { version: 1 });
    expect(done).toEqual({
      ...{ version: 3, saved: null, stale: [] },
      source: { kind: 'folder', missing: 0, changed: 0 },
    });
    await eventually(() => core.pushes).toContainEqual({ topic: 'changed', what: 'dataset' });
    expect((await core.ask('dataset/get', {})).edits).toBe(0);
    await expect(core.ask('data/checkout', { version: 99 })).rejects.toMatchObject({ code: 'data/unknown-version' });
    await expect(core.ask('data/diff', { a: '--output=x', b: '1', ...page })).rejects.toMatchObject({
      code: 'data/unknown-version',
    });
  });

  it('pushes and pulls as jobs, and says what the remote lacks', async () => {
    const core = await coreOn('remotes');
    expect(await core.ask('data/remote', { check: true })).toEqual({ remotes: [], state: null });
    const failed = await core.ended((await core.ask('data/push', { remote: null })).job);
    expect(failed).toMatchObject({ kind: 'data-push', state: 'failed', error: { code: 'remote/none' } });
    const store = { name: 'store', url: '../store', cwd: core.workspace, settings: {}, isDefault: true };
    await addRemote(core.workspace, store);
    const before = await core.ask('data/remote', { check: true });
    expect(before.state?.unpushed).toBe(before.state?.objects);
    expect((await core.ask('data/remote', { check: false })).state).toBeNull();
    expect(await core.ended((await core.ask('data/push', { remote: null })).job)).toMatchObject({ state: 'completed' });
    expect((await core.ask('data/remote', { check: true })).state).toMatchObject({ remote: 'store', unpushed: 0 });

    const manifest = join(core.workspace, 'artifacts/dataset/manifest.csv');
    const first = await readFile(manifest, 'utf8');
    await rm(join(core.workspace, 'artifacts/dataset'), { recursive: true });
    await rm(join(core.workspace, '.dvc/cache'), { recursive: true });
    const pulled = await core.ended((await core.ask('data/pull', { remote: 'store' })).job);
    expect(pulled).toMatchObject({ kind: 'data-pull', title: 'Pull from the remote', state: 'completed' });
    expect(await readFile(manifest, 'utf8')).toBe(first);
    expect(core.bugs).toEqual([]);
  });
});
