import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDvcCache } from '../../../../src/main/interop/dvc/cache.ts';
import { checkoutData } from '../../../../src/main/studies/data-versions/checkout.ts';
import { compareData } from '../../../../src/main/studies/data-versions/compare.ts';
import { dataLog } from '../../../../src/main/studies/data-versions/log.ts';
import { recordDataVersion } from '../../../../src/main/studies/data-versions/record.ts';
import { regroup, relabel } from '../../../../src/main/studies/manifest-edit.ts';
import { newRun } from '../../../helpers/records.ts';
import { edit, git, handmadeStudy, never, writeDataset } from './world.ts';

const files = { 'Cyst/1.png': 'one', 'Cyst/2.png': 'two', 'Stone/3.png': 'three' };
const manifestOf = (root: string): string => readFileSync(join(root, 'artifacts/dataset/manifest.csv'), 'utf8');

describe('the log of the dataset', () => {
  it('has one version a change, with its counts and what it changed, and none without a change', async () => {
    const study = await handmadeStudy(files);
    const { records, workspace } = study;
    expect(await recordDataVersion(study, 'ingest')).toBe(1);
    expect(await recordDataVersion(study, 'ingest')).toBeNull();
    await relabel(study, ['Cyst/1.png', 'Cyst/2.png'], 'Stone', edit);
    await relabel(study, ['Cyst/1.png'], 'Stone', edit);
    await regroup(study, ['s-Cyst/1.png'], 'other', edit);
    const versions = records.dataVersions.list();
    expect(versions.map(({ version, reason, parent }) => [version, reason, parent])).toEqual([
      [3, 'regroup', 2],
      [2, 'relabel', 1],
      [1, 'ingest', null],
    ]);
    expect(versions[0]?.summary).toMatchObject({ images: 3, changes: { regrouped: 1, relabelled: 0 } });
    expect(versions[1]?.summary).toMatchObject({
      classes: { Stone: { images: 3, scans: 3, groups: 3 } },
      changes: { added: 0, removed: 0, relabelled: 2, regrouped: 0 },
    });
    expect(versions[2]?.summary.changes).toBeNull();
    const cache = await openDvcCache(workspace.paths.root);
    for (const { hash } of versions) expect(await cache.isWhole(hash)).toBe(true);
    expect(records.audit.ofAction('data/version').map(({ subject }) => subject)).toEqual([
      'data-1',
      'data-2',
      'data-3',
    ]);
    expect(records.audit.verify().ok).toBe(true);
  });

  it('keeps what a relabel finds, where the log does not have it yet', async () => {
    const study = await handmadeStudy(files);
    await relabel(study, ['Cyst/1.png'], 'Stone', edit);
    expect(study.records.dataVersions.list().map(({ reason }) => reason)).toEqual(['relabel', 'found']);
  });

  it('names the runs that used a version: by its hash, and by that of the manifest where that is all they noted', async () => {
    const study = await handmadeStudy(files);
    await recordDataVersion(study, 'ingest');
    const [version] = study.records.dataVersions.list();
    study.records.runs.start({ ...newRun, name: 'by folder', dataVersion: version?.hash });
    study.records.runs.start({ ...newRun, name: 'by manifest', datasetHash: version?.summary.manifest });
    study.records.runs.start({ ...newRun, name: 'another', datasetHash: 'f'.repeat(64) });
    const { versions, unrecorded } = await dataLog(study);
    expect(unrecorded).toBe(false);
    expect(versions[0]).toMatchObject({ isCurrent: true, inCache: true, commits: [] });
    expect(versions[0]?.runs.map(({ name }) => name)).toEqual(['by manifest', 'by folder']);
  });
});

describe('two versions', () => {
  it('are compared by number, hash, `current` and git revision', async () => {
    const study = await handmadeStudy(files);
    const { root } = study.workspace.paths;
    await recordDataVersion(study, 'ingest');
    const first = study.records.dataVersions.newest()?.hash ?? '';
    git(root, 'init', '-q', '-b', 'main');
    const lock = (hash: string): string =>
      `schema: '2.0'\nstages:\n  ingest:\n    cmd: x\n    outs:\n    - path: artifacts/dataset\n      hash: md5\n      md5: ${hash}\n`;
    writeFileSync(join(root, 'dvc.lock'), lock(first));
    git(root, 'add', '-f', 'dvc.lock');
    git(root, 'commit', '-q', '-m', 'first data');
    await relabel(study, ['Cyst/1.png'], 'Stone', edit);
    const relabelled = { relabelled: 1, added: 0, removed: 0 };
    for (const written of ['1', 'v1', first.slice(0, 6), first, 'HEAD', 'main']) {
      expect((await compareData(study, written, 'current')).counts, written).toMatchObject(relabelled);
    }
    expect((await compareData(study, '2', 'current')).diff).toEqual({ added: [], removed: [], changes: [] });
    const { versions } = await dataLog(study);
    expect(versions.map(({ commits }) => commits.map(({ subject }) => subject))).toEqual([[], ['first data']]);
    for (const written of ['9', 'v0', 'nothing', '--all', '-h', 'HEAD~5', '']) {
      await expect(compareData(study, written, 'current'), written).rejects.toMatchObject({
        code: 'data/unknown-version',
      });
    }
    git(root, 'rm', '-q', '-f', 'dvc.lock');
    git(root, 'commit', '-q', '-m', 'no lock');
    await expect(compareData(study, 'HEAD', 'current')).rejects.toMatchObject({ code: 'data/not-in-revision' });
  });
});

describe('checkout', () => {
  it('puts tables and hand edits back, records what was there, and says what the source lacks', async () => {
    const study = await handmadeStudy(files);
    const { workspace, records, source } = study;
    const { root } = workspace.paths;
    await recordDataVersion(study, 'ingest');
    const first = manifestOf(root);
    const generated = readFileSync(join(root, '.hilum/generated-manifest.csv'), 'utf8');
    writeDataset(root, { 'Cyst/1.png': 'one' });
    rmSync(join(source, 'Stone/3.png'));
    writeFileSync(join(source, 'Cyst/2.png'), 'other');
    const done = await checkoutData(study, '1', never);
    expect(done).toMatchObject({
      ...{ saved: 2, version: 3, stale: [] },
      source: { source: 'folder', files: 3, missing: ['Stone/3.png'], changed: ['Cyst/2.png'] },
    });
    expect(manifestOf(root)).toBe(first);
    expect(readFileSync(join(root, '.hilum/generated-manifest.csv'), 'utf8')).toBe(generated);
    expect(records.dataVersions.list().map(({ reason, summary }) => [reason, summary.restored])).toEqual([
      ['checkout', 1],
      ['found', null],
      ['ingest', null],
    ]);
    expect(records.audit.ofAction('data/checked-out').length).toBe(1);
    expect(await checkoutData(study, '3', never)).toMatchObject({ version: null, saved: null });
    await checkoutData(study, '2', never);
    expect(manifestOf(root).split('\n').length).toBe(3);
  });

  it('[E4] leaves the dataset as it is when an object of the version is corrupt or gone', async () => {
    const study = await handmadeStudy(files);
    const { root } = study.workspace.paths;
    await recordDataVersion(study, 'ingest');
    const first = study.records.dataVersions.newest()?.hash ?? '';
    writeDataset(root, { 'Cyst/1.png': 'one' });
    const now = manifestOf(root);
    const cache = await openDvcCache(root);
    const [entry] = (await cache.entriesOf(first)).filter(({ relpath }) => relpath === 'manifest.csv');
    const path = cache.pathOf(entry?.md5 ?? '');
    chmodSync(path, 0o644);
    writeFileSync(path, 'rotten');
    await expect(checkoutData(study, '1', never)).rejects.toMatchObject({ code: 'dvc/object-corrupt' });
    expect(manifestOf(root)).toBe(now);
    rmSync(path);
    await expect(checkoutData(study, '1', never)).rejects.toMatchObject({ code: 'dvc/object-missing' });
    expect(manifestOf(root)).toBe(now);
  });
});
