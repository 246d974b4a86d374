import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { regroup, relabel } from '../../../src/main/studies/manifest-edit.ts';
import { openStudy, type Study } from '../../../src/main/studies/study.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { csvTable } from '../../../src/pipeline/disk/csv.ts';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { manifestColumns } from '../../../src/pipeline/domain/dataset.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const edit = { reader: 'Dr. Reader', at: '2026-01-01T00:00:00.000Z' };

function row(file: string, name: string, scan: string, group: string): string[] {
  return [file, file, 'a'.repeat(64), 'b'.repeat(64), name, scan, group, 'display', 'axial', '64', '64', 'kept'];
}

const rows = [
  row('Cyst/1.png', 'Cyst', 's1', 'g1'),
  row('Cyst/2.png', 'Cyst', 's1', 'g1'),
  row('Stone/=3.png', 'Stone', 's2', 'g2'),
  row('Stone/a, "b".png', 'Stone', 's3', 'g3'),
];
const manifest = csvTable([...manifestColumns, 'mine'], rows);

async function studyWithManifest(): Promise<{ study: Study; path: string; log: () => Promise<unknown[]> }> {
  const root = temporaryFolder();
  await initWorkspace(root, {});
  const path = join(root, 'artifacts/dataset/manifest.csv');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, manifest);
  let ids = 0;
  const study = await openStudy(root, { now: () => edit.at, newId: () => `id-${++ids}` });
  onTestFinished(() => study.close());
  const log = async () => {
    const text = await readFile(join(root, '.hilum/label-versions.jsonl'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): unknown => JSON.parse(line));
  };
  return { study, path, log };
}

describe('relabel', () => {
  it('changes the class of these images only, keeps columns, and counts what really changed', async () => {
    const { study, path, log } = await studyWithManifest();
    expect(await relabel(study, ['Cyst/1.png', 'Stone/=3.png'], 'Stone', edit)).toBe(1);
    const expected = rows.map((each, index) => (index === 0 ? each.with(4, 'Stone') : each));
    expect(await readFile(path, 'utf8')).toBe(csvTable([...manifestColumns, 'mine'], expected));
    const hashes = { before: sha256(manifest), after: sha256(await readFile(path)) };
    expect(await log()).toEqual([{ version: 1, ...edit, kind: 'relabel', images: 1, ...hashes }]);
    const [audited] = study.records.audit.ofAction('dataset/relabelled');
    expect(audited).toMatchObject({ action: 'dataset/relabelled', subject: 'labels-1', details: '{"images":1}' });
    expect(study.records.audit.verify().ok).toBe(true);
  });

  it('refuses a class that is not there, naming the nearest, and images that are not there, naming none', async () => {
    const { study, path, log } = await studyWithManifest();
    await expect(relabel(study, ['Cyst/1.png'], 'Stoen', edit)).rejects.toMatchObject({
      code: 'review/bad-class',
      facts: { class: 'Stoen', nearest: 'Stone' },
    });
    const names = ['../../etc/passwd', '__proto__', 'constructor', '', 'Cyst/1.png\u0000', 'cyst/1.png'];
    for (const name of names) {
      await expect(relabel(study, ['Cyst/1.png', name], 'Stone', edit)).rejects.toMatchObject({
        code: 'call/bad-input',
        facts: { what: 'images: 1 not in the dataset' },
      });
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 50 }), async (name) => {
        await expect(relabel(study, [name], 'Stone', edit)).rejects.toMatchObject({ code: 'call/bad-input' });
      }),
      { seed: 4, numRuns: 50 },
    );
    expect(await readFile(path, 'utf8')).toBe(manifest);
    expect(await log()).toEqual([]);
  });

  it('asked by two at once changes both', async () => {
    const { study, path, log } = await studyWithManifest();
    const asked = ['Cyst/1.png', 'Cyst/2.png'].map((image) => relabel(study, [image], 'Stone', edit));
    expect(await Promise.all(asked)).toEqual([1, 1]);
    expect((await readFile(path, 'utf8')).match(/,Cyst,/g)).toBeNull();
    expect(await log()).toMatchObject([{ version: 1 }, { version: 2 }]);
  });
});

describe('regroup', () => {
  it('merges whole scans into a group that is there and splits them off into a new one', async () => {
    const { study, path } = await studyWithManifest();
    expect(await regroup(study, ['s1', 's3'], 'g2', edit)).toBe(3);
    const groups = async () => (await readFile(path, 'utf8')).match(/g\d|=new/g);
    expect(await groups()).toEqual(['g2', 'g2', 'g2', 'g2']);
    expect(await regroup(study, ['s3'], '=new', edit)).toBe(1);
    expect(await groups()).toEqual(['g2', 'g2', 'g2', '=new']);
  });

  it('refuses unknown scans and names with control characters', async () => {
    const { study, path } = await studyWithManifest();
    await expect(regroup(study, ['s1', 's9'], 'g2', edit)).rejects.toMatchObject({ code: 'call/bad-input' });
    await expect(regroup(study, ['s1'], 'a\nb', edit)).rejects.toMatchObject({ code: 'call/bad-input' });
    expect(await readFile(path, 'utf8')).toBe(manifest);
  });
});

describe('the list of label versions', () => {
  it('[F1] goes on behind a line that a crash cut short', async () => {
    const { study } = await studyWithManifest();
    await relabel(study, ['Cyst/1.png'], 'Stone', edit);
    const path = join(study.workspace.paths.state, 'label-versions.jsonl');
    await writeFile(path, `${await readFile(path, 'utf8')}{"version":2,"at":"20`);
    await relabel(study, ['Cyst/2.png'], 'Stone', edit);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('');
    expect(lines[2]).toContain('"version":2,"at":"2026');
  });
});
