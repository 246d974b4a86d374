import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { looksAt, openTestSet, takeBackLook, testSetOf, testSetOfRun } from '../../../src/main/studies/test-set.ts';
import { csvTable } from '../../../src/pipeline/disk/csv.ts';
import { manifestColumns, splitColumns } from '../../../src/pipeline/domain/dataset.ts';
import type { WorkspacePaths } from '../../../src/pipeline/domain/stage-inputs.ts';
import { testSetText } from '../../../src/pipeline/domain/test-set.ts';
import { temporaryFolder, testRecords } from '../../helpers/records.ts';

/** A workspace with one image a group; `parts`: name, content, part. */
async function workspaceWith(parts: readonly (readonly [string, string, string])[]): Promise<WorkspacePaths> {
  const root = temporaryFolder();
  const artifacts = join(root, 'artifacts');
  await mkdir(join(artifacts, 'dataset'), { recursive: true });
  const rows = parts.map(([image, content]) => [
    ...[image, image, '', content, 'Cyst', `${image}-scan`, image, 'display', 'axial', 8, 8],
  ]);
  await writeFile(join(artifacts, 'dataset', 'manifest.csv'), csvTable(manifestColumns, rows));
  const split = parts.map(([image, , part]) => [image, part]);
  await writeFile(join(artifacts, 'split.csv'), csvTable(splitColumns, split));
  return { root, artifacts, state: join(root, '.hilum') };
}

const look = (run: string) => ({ run, modelRun: 'model-1' });

describe('a locked test set', () => {
  it('is told by the content of its images, whatever their names and order, and is none without a test part', async () => {
    const set = await testSetOf(
      await workspaceWith([
        ['a', '1', 'test'],
        ['b', '2', 'test'],
        ['c', '3', 'train'],
      ]),
    );
    const renamed = await workspaceWith([
      ['x', '2', 'test'],
      ['y', '1', 'test'],
      ['z', '4', 'train'],
    ]);
    expect(set).toMatchObject({ images: 2 });
    expect(await testSetOf(renamed)).toEqual(set);
    const larger = await workspaceWith([
      ['a', '1', 'test'],
      ['b', '2', 'test'],
      ['c', '3', 'test'],
    ]);
    expect((await testSetOf(larger))?.hash).not.toBe(set?.hash);
    expect(
      await testSetOf(
        await workspaceWith([
          ['a', '1', '1'],
          ['b', '2', '2'],
        ]),
      ),
    ).toBeNull();
    expect(await testSetOf({ root: '/none', artifacts: '/none', state: '/none' })).toBeNull();
  });

  it('counts looks in the audit trail, each set for itself, and takes back the ones that showed nothing', async () => {
    const first = await workspaceWith([['a', '1', 'test']]);
    const other = await workspaceWith([['a', '9', 'test']]);
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    expect(await openTestSet(records, first, look('run-1'))).toMatchObject({ opened_before: 0 });
    const refused = await openTestSet(records, first, look('run-2'));
    if (refused === null) throw new Error('there is a test part');
    takeBackLook(records, refused, 'run-2');
    expect(await openTestSet(records, other, look('run-3'))).toMatchObject({ opened_before: 0 });
    expect(await openTestSet(records, first, { run: 'run-4', modelRun: null })).toMatchObject({ opened_before: 1 });
    expect(looksAt(records).map(({ run, before }) => [run, before])).toEqual([
      ['run-1', 0],
      ['run-3', 0],
      ['run-4', 1],
    ]);
    expect(testSetOfRun(records, 'model-1')).toMatchObject({ images: 1, opened_before: 0 });
    expect(testSetOfRun(records, 'run-4')).toMatchObject({ opened_before: 1 });
    expect(testSetOfRun(records, 'run-2')).toBeNull();
    expect(records.audit.verify()).toMatchObject({ ok: true, rows: 5 });
  });

  it('says how worn it is', () => {
    const set = { hash: 'abcdef0123456789', images: 40 };
    expect(testSetText({ ...set, opened_before: 0 })).toBe(
      'Locked test set abcdef01 (40 images): never opened before this result.',
    );
    expect(testSetText({ ...set, opened_before: 1 })).toContain('opened once before this result');
    expect(testSetText({ ...set, opened_before: 3 })).toContain('opened 3 times before this result');
  });
});
