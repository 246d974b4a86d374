import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { temporaryFolder } from '../helpers/records.ts';
import { addRun } from '../helpers/runs.ts';

beforeAll(buildHilum);

/** A workspace with two trainings that differ, one of them named like a formula, and an evaluation. */
function seeded(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.yaml'), '');
  mkdirSync(join(folder, '.hilum'));
  const ids = ['aa11', 'bb22', 'cc33'];
  const records = openRecords(join(folder, '.hilum', 'hilum.db'), { newId: () => ids.shift() ?? 'none' });
  addRun(records, {
    run: { name: 'plain', params: { seed: 7, head: { dropout: 0.2 }, training: { epochs: 30 } } },
    losses: [0.9, 0.5],
    figures: { 'scan/balanced_accuracy': 0.75, 'slice/Stone/sensitivity': 0.5 },
  });
  addRun(records, {
    run: {
      name: '=cmd|x',
      params: { seed: 7, head: { dropout: 0.4, hidden: 8 }, training: { epochs: 30 } },
      parent: 'sweep-1',
    },
    losses: [0.7],
    figures: { 'scan/balanced_accuracy': 0.5, 'slice/Stone/sensitivity': 0.5 },
  });
  addRun(records, { run: { kind: 'evaluate', name: 'evaluated' } });
  records.close();
  return folder;
}

describe('exp show', () => {
  it('shows runs with what differs between them, and with --all everything', async () => {
    const folder = seeded();
    const { stdout } = await hilum(folder, 'exp', 'show');
    const [header = '', ...rows] = stdout.trim().split('\n');
    expect(header.split(/ {2,}/)).toEqual([
      ...['id', 'name', 'parent', 'started (UTC)', 'outcome', 'stamp', 'head.dropout', 'head.hidden'],
      ...['scan/balanced_accuracy', 'best validation_loss'],
    ]);
    expect(rows.map((row) => row.split(/ +/)[0])).toEqual(['bb22', 'aa11']);
    const all = await hilum(folder, 'exp', 'show', '--all', '--json');
    const { runs, differing } = JSON.parse(all.stdout);
    expect(runs.map(({ id }: { id: string }) => id)).toEqual(['cc33', 'bb22', 'aa11']);
    expect(differing).toContain('training.epochs');
    expect(runs[1]).toMatchObject({
      parent: 'sweep-1',
      figures: { 'slice/Stone/sensitivity': 0.5, 'best validation_loss': 0.7 },
    });
  });

  it('is a CSV that no spreadsheet takes for a formula', async () => {
    const { stdout } = await hilum(seeded(), 'exp', 'show', '--csv');
    const rows = Papa.parse<Record<string, string>>(stdout, { header: true, skipEmptyLines: true }).data;
    expect(rows.map((row) => [row.id, row.name, row['params.head.dropout'], row['scan/balanced_accuracy']])).toEqual([
      ['bb22', "'=cmd|x", '0.4', '0.5'],
      ['aa11', 'plain', '0.2', '0.75'],
    ]);
    expect(rows[1]?.['params.head.hidden']).toBe('');
  });
});

describe('exp diff', () => {
  it('prints old, new and change, as DVC does with --json', async () => {
    const folder = seeded();
    const { stdout } = await hilum(folder, 'exp', 'diff', 'aa', 'bb22', '--json');
    expect(JSON.parse(stdout)).toEqual({
      params: {
        'params.yaml': {
          'head.dropout': { old: 0.2, new: 0.4, diff: 0.2 },
          'head.hidden': { new: 8 },
        },
      },
      metrics: {
        'metrics.json': {
          'scan/balanced_accuracy': { old: 0.75, new: 0.5, diff: -0.25 },
          'best loss': { old: 0.5, new: 1, diff: 0.5 },
          'best validation_loss': { old: 0.5, new: 0.7, diff: expect.closeTo(0.2, 10) },
        },
      },
    });
    const text = (await hilum(folder, 'exp', 'diff', 'aa11', 'bb22')).stdout;
    expect(text).toMatch(/head\.dropout +0\.2 +0\.4 +\+0\.2000\n/);
    expect(text).toMatch(/head\.hidden +- +8\n/);
    expect(text).toMatch(/scan\/balanced_accuracy ↑ +0\.7500 +0\.5000 +-0\.2500\n/);
    const same = await hilum(folder, 'exp', 'diff', 'aa11', 'aa11', '--json');
    expect(JSON.parse(same.stdout)).toEqual({ params: {}, metrics: {} });
    expect((await hilum(folder, 'exp', 'diff', 'aa11', 'zz')).code).toBe(2);
  });
});

describe('runs export and import', () => {
  it('carry runs to another workspace', async () => {
    const folder = seeded();
    const made = await hilum(folder, 'runs', 'export', '--bundle', 'x.zip', 'aa11', 'bb', '--json');
    expect([made.code, JSON.parse(made.stdout)]).toMatchObject([0, { runs: ['aa11', 'bb22'], names: 'replaced' }]);
    const other = temporaryFolder();
    for (const name of ['config.yaml', 'params.yaml']) writeFileSync(join(other, name), '');
    mkdirSync(join(other, '.hilum'));
    const first = await hilum(other, 'runs', 'import', join(folder, 'x.zip'));
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('2 runs imported.')]);
    const again = await hilum(other, 'runs', 'import', join(folder, 'x.zip'));
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('0 runs imported, 2 here already.')]);
    const shown = await hilum(other, 'runs', 'show', 'aa11', '--json');
    expect(JSON.parse(shown.stdout).origin).toMatchObject({ from: 'bundle', run: 'aa11' });
    writeFileSync(join(other, 'letter.zip'), 'a letter');
    const refused = await hilum(other, 'runs', 'import', 'letter.zip');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('(bundle/not-one)')]);
  });

  it('write event files for TensorBoard, and want one kind of export', async () => {
    const folder = seeded();
    expect((await hilum(folder, 'runs', 'export', '--tensorboard', 'tb', 'aa11', 'bb22')).code).toBe(0);
    expect(readdirSync(join(folder, 'tb')).sort()).toEqual(['=cmd_x-bb22', 'plain-aa11']);
    for (const words of [
      ['aa11'],
      ['aa11', '--out', 'x.json', '--bundle', 'x.zip'],
      ['aa11', 'bb22', '--out', 'x.json'],
    ]) {
      expect((await hilum(folder, 'runs', 'export', ...words)).code).toBe(2);
    }
    expect((await hilum(folder, 'runs', 'export', '--bundle', 'x.txt', 'aa11')).stderr).toContain('.zip');
    expect(existsSync(join(folder, 'x.json'))).toBe(false);
  });
});

describe('runs delete --dry-run', () => {
  it('says what would go, and deletes nothing', async () => {
    const folder = seeded();
    const kept = join(folder, '.hilum', 'runs', 'aa11');
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, 'predictions.csv'), 'x'.repeat(500));
    const { code, stdout } = await hilum(folder, 'runs', 'delete', 'aa11', '--dry-run', '--json');
    const value = { run: 'aa11', files: 1, bytes: 500, shared_files: 0, shared_bytes: 0 };
    expect([code, JSON.parse(stdout)]).toEqual([0, value]);
    expect((await hilum(folder, 'runs', 'delete', 'aa11', '--dry-run', '--yes')).stdout).toContain(
      'Nothing was deleted.',
    );
    expect(statSync(join(kept, 'predictions.csv')).size).toBe(500);
    expect((await hilum(folder, 'runs', 'show', 'aa11')).code).toBe(0);
  });
});
