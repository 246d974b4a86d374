import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { addModel } from '../../src/main/models/store.ts';
import { openRecords, type Records } from '../../src/main/records/index.ts';
import { lockStateFolder } from '../../src/main/workspace/lock.ts';
import { notice } from '../../src/pipeline/domain/outcome.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { epochRow, temporaryFolder } from '../helpers/records.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

beforeAll(buildHilum);

const params = {
  seed: 7,
  training: { epochs: 3, learning_rate: 0.001 },
  image: { size: 96, windows: [{ center: 40 }] },
};
const run = {
  kind: 'train',
  params,
  datasetHash: 'd'.repeat(64),
  splitHash: '5'.repeat(64),
  contractHash: 'c'.repeat(64),
  backboneHash: 'b'.repeat(64),
  codeVersion: '0.1.0',
  environment: { node: 'v24.0.0', cores: 2 },
  leaky: false,
} as const;

/** A workspace with three trainings and one evaluation. */
function seeded(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.yaml'), '');
  const state = join(folder, '.hilum');
  mkdirSync(state);
  const ids = ['aa11', 'ab22', 'cc33', 'dd44'];
  let started = 0;
  const records = openRecords(join(state, 'hilum.db'), {
    newId: () => ids.shift() ?? 'none',
    now: () => new Date(Date.UTC(2026, 0, 1, 8, started++)),
  });
  fill(records);
  records.close();
  const checkpoint = join(state, 'runs', 'ab22', 'checkpoints', 'fold-0', 'epoch-0003');
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(join(checkpoint, 'weights.bin'), Buffer.alloc(1234));
  return folder;
}

function fill({ runs, epochs, runMetrics, artefacts }: Records): void {
  const first = runs.start({ ...run, name: 'plain' });
  for (const epoch of [1, 2, 3])
    epochs.add(first, 0, { ...epochRow(epoch), validation_loss: [0.9, 0.5, 0.7][epoch - 1] ?? 0 });
  runMetrics.set(first, {
    'scan/balanced_accuracy': { value: 0.75, low: 0.5, high: 1 },
    'scan/log_loss': { value: 0.6, low: 0.4, high: 0.8 },
    'slice/Stone/sensitivity': { value: 0.5, low: null, high: null },
  });
  artefacts.set(first, [{ path: 'artifacts/model/weights.bin', sha256: 'e'.repeat(64), bytes: 42 }]);
  runs.finish(first, 'completed');
  const second = runs.start({
    ...run,
    name: 'leaky one',
    leaky: true,
    splitHash: '6'.repeat(64),
    params: { ...params, training: { ...params.training, learning_rate: 0.01 } },
  });
  for (const epoch of [1, 2]) epochs.add(second, 0, { ...epochRow(epoch), validation_loss: 0.4 * epoch });
  epochs.add(second, 1, { ...epochRow(1), validation_loss: 0.01 });
  runMetrics.set(second, {
    'scan/balanced_accuracy': { value: 1, low: 1, high: 1 },
    'scan/log_loss': { value: 0.1, low: 0.05, high: 0.2 },
  });
  runs.finish(second, 'cancelled');
  runs.finish(runs.start({ ...run, name: 'never evaluated' }), 'failed');
  runs.finish(runs.start({ ...run, kind: 'evaluate', name: 'plain' }), 'completed');
}

describe('runs list', () => {
  it('shows runs newest first, with figures and a loud stamp on the leaky one', async () => {
    const folder = seeded();
    const { code, stdout } = await hilum(folder, 'runs', 'list');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(1, 5).map((line) => line.slice(0, 4))).toEqual(['dd44', 'cc33', 'ab22', 'aa11']);
    expect(lines[3]).toMatch(/cancelled +LEAKY/);
    expect(lines[4]).toMatch(/completed +0\.7500 \[0\.5000, 1\] +0\.5000 +0\.7000/);
    expect(stdout).toContain('These figures measure memory, not skill');
  });

  it('filters by kind and number, and sorts by a figure with the better one first', async () => {
    const folder = seeded();
    const listed = async (...words: string[]): Promise<string[]> => {
      const { code, stdout } = await hilum(folder, 'runs', 'list', '--json', ...words);
      expect(code).toBe(0);
      return JSON.parse(stdout).runs.map(({ id }: { id: string }) => id);
    };
    expect(await listed('--kind', 'train')).toEqual(['cc33', 'ab22', 'aa11']);
    expect(await listed('--limit', '1')).toEqual(['dd44']);
    expect(await listed('--sort', 'scan/balanced_accuracy')).toEqual(['ab22', 'aa11', 'dd44', 'cc33']);
    expect(await listed('--sort', 'scan/log_loss', '--kind', 'train')).toEqual(['ab22', 'aa11', 'cc33']);
    expect(await listed('--sort', 'validation_loss', '--limit', '2')).toEqual(['ab22', 'aa11']);
    expect(await listed('--sort', 'accuracy', '--limit', '2')).toEqual(['ab22', 'aa11']);
  });

  it('gives best and last of the model itself, not of a fold', async () => {
    const { stdout } = await hilum(seeded(), 'runs', 'list', '--json', '--sort', 'validation_loss');
    const figures = JSON.parse(stdout).runs.map((each: { figures: unknown }) => each.figures);
    expect(figures[0]).toEqual({ validation_loss: { best: 0.4, last: 0.8, low: null, high: null } });
    expect(figures[1]).toEqual({ validation_loss: { best: 0.5, last: 0.7, low: null, high: null } });
    expect(figures[2]).toEqual({ validation_loss: null });
  });

  it('names the nearest figure and the valid kinds', async () => {
    const folder = seeded();
    const unknown = await hilum(folder, 'runs', 'list', '--sort', 'scan/balanced_acuracy');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('did you mean scan/balanced_accuracy?');
    const kind = await hilum(folder, 'runs', 'list', '--kind', 'training');
    expect(kind.code).toBe(2);
    expect(kind.stderr).toContain('train');
  });

  it('says so when there are none, and outside a workspace', async () => {
    const folder = temporaryFolder();
    expect((await hilum(folder, 'runs', 'list')).code).toBe(2);
    writeFileSync(join(folder, 'config.yaml'), '');
    mkdirSync(join(folder, '.hilum'));
    const { code, stdout } = await hilum(folder, 'runs', 'list');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'No runs are recorded.\n' });
  });

  it('reads while another process holds the lock', async () => {
    const folder = seeded();
    const lock = lockStateFolder(join(folder, '.hilum'));
    try {
      expect((await hilum(folder, 'runs', 'list')).code).toBe(0);
      expect((await hilum(folder, 'runs', 'delete', 'aa11', '--yes')).code).toBe(75);
    } finally {
      lock.release();
    }
  });
});

describe('runs show', () => {
  it('shows parameters, epochs, figures with intervals, files and machine', async () => {
    const { code, stdout } = await hilum(seeded(), 'runs', 'show', 'aa');
    expect(code).toBe(0);
    expect(stdout).toMatch(/params\.training\.epochs +3\n/);
    expect(stdout).toMatch(/environment\.node +v24\.0\.0\n/);
    expect(stdout).toMatch(/dataset_hash +d{12}\n/);
    expect(stdout).toMatch(/scan\/balanced_accuracy ↑ +0\.7500 \[0\.5000, 1\]\n/);
    expect(stdout).toMatch(/scan\/log_loss ↓ /);
    expect(stdout).toMatch(/artifacts\/model\/weights\.bin +42 +e{12}\n/);
    expect(stdout).toMatch(/\n +2 +0\.5000 /);
    expect(stdout).not.toContain('LEAKY');
  });

  it('gives the whole record as JSON', async () => {
    const { stdout } = await hilum(seeded(), 'runs', 'show', 'ab22', '--json');
    const value = JSON.parse(stdout);
    expect(value).toMatchObject({
      id: 'ab22',
      kind: 'train',
      leaky: true,
      outcome: 'cancelled',
      split_hash: '6'.repeat(64),
      metrics: { 'scan/log_loss': { value: 0.1, low: 0.05, high: 0.2 } },
    });
    expect(value.epochs.map((each: { fold: number; epoch: number }) => [each.fold, each.epoch])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
    ]);
  });

  it('warns loudly of a leaky run, and refuses an id that fits none or several', async () => {
    const folder = seeded();
    expect((await hilum(folder, 'runs', 'show', 'ab22')).stdout).toMatch(/^LEAKY/);
    const none = await hilum(folder, 'runs', 'show', 'ab23');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('Did you mean "ab22"?');
    const several = await hilum(folder, 'runs', 'show', 'a');
    expect(several.code).toBe(2);
    expect(several.stderr).toContain('2 runs');
  });
});

describe('runs compare', () => {
  it('shows only what differs, then the figures with the better one marked', async () => {
    const { code, stdout } = await hilum(seeded(), 'runs', 'compare', 'aa11', 'ab22');
    expect(code).toBe(0);
    expect(stdout).toMatch(/params\.training\.learning_rate +0\.001 +0\.01\n/);
    expect(stdout).toMatch(/split_hash +5{12} +6{12}\n/);
    expect(stdout).not.toMatch(/params\.seed|dataset_hash|environment/);
    expect(stdout).toMatch(/scan\/log_loss ↓ +0\.6000 \[0\.4000, 0\.8000\] +0\.1000 \[0\.0500, 0\.2000\] \*\n/);
    expect(stdout).toMatch(/best validation_loss ↓ +0\.5000 +0\.4000 \*\n/);
    expect(stdout).toMatch(/LEAKY.*\(ab22\)/);
    expect(stdout).toContain('The splits differ');
  });

  it('with --all also shows what is equal', async () => {
    const folder = seeded();
    const { stdout } = await hilum(folder, 'runs', 'compare', 'aa11', 'ab22', '--all');
    expect(stdout).toMatch(/params\.seed +7 +7\n/);
    const asJson = await hilum(folder, 'runs', 'compare', 'aa11', 'cc33', '--json');
    const value = JSON.parse(asJson.stdout);
    expect(value.differences).toEqual([{ key: 'outcome', values: ['completed', 'failed'] }]);
    expect(value.equal).toBeUndefined();
    expect(value.figures[0]).toEqual({
      name: 'scan/balanced_accuracy',
      better: 'higher',
      values: [{ value: 0.75, low: 0.5, high: 1 }, null],
    });
  });

  it('needs two runs', async () => {
    const { code, stderr } = await hilum(seeded(), 'runs', 'compare', 'aa11');
    expect(code).toBe(2);
    expect(stderr).toContain('at least two runs');
  });
});

describe('runs export', () => {
  it('writes JSON and CSV that hold everything, and leaves a trace in the audit trail', async () => {
    const folder = seeded();
    expect((await hilum(folder, 'runs', 'export', 'aa11', '--out', 'run.json')).code).toBe(0);
    expect((await hilum(folder, 'runs', 'export', 'aa11', '--out', 'run.csv')).code).toBe(0);
    const shown = await hilum(folder, 'runs', 'show', 'aa11', '--json');
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual({ ...JSON.parse(shown.stdout), notice });
    const csv = Papa.parse<Record<string, string>>(await readFile(join(folder, 'run.csv'), 'utf8'), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const find = (section: string, name: string, epoch = '') =>
      csv.find((row) => row.section === section && row.name === name && row.epoch === epoch);
    expect(find('fact', 'params.training.learning_rate')?.value).toBe('0.001');
    expect(find('figure', 'scan/balanced_accuracy')).toMatchObject({ value: '0.75', low: '0.5', high: '1' });
    expect(find('epoch', 'validation_loss', '2')).toMatchObject({ fold: '0', value: '0.5' });
    expect(find('file', 'artifacts/model/weights.bin')?.value).toBe('e'.repeat(64));
    expect(find('fact', 'notice')?.value).toBe(notice);
    const records = openRecords(join(folder, '.hilum', 'hilum.db'));
    const exports = records.audit.list(0, 100).filter((row) => row.action === 'export');
    records.close();
    expect(exports.map((row) => row.subject)).toEqual(['aa11', 'aa11']);
  });

  it('refuses other endings', async () => {
    const { code, stderr } = await hilum(seeded(), 'runs', 'export', 'aa11', '--out', 'run.txt');
    expect(code).toBe(2);
    expect(stderr).toContain('.json or .csv');
  });
});

describe('runs delete', () => {
  it('does nothing without --yes, and then frees rows and checkpoints', async () => {
    const folder = seeded();
    const checkpoints = join(folder, '.hilum', 'runs', 'ab22');
    const asked = await hilum(folder, 'runs', 'delete', 'ab22');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--yes');
    expect((await stat(checkpoints)).isDirectory()).toBe(true);
    expect((await hilum(folder, 'runs', 'delete', 'ab2', '--yes')).code).toBe(2);
    const deleted = await hilum(folder, 'runs', 'delete', 'ab22', '--yes', '--json');
    expect(deleted.code).toBe(0);
    expect(JSON.parse(deleted.stdout)).toEqual({ deleted: 'ab22', freed_bytes: 1234 });
    await expect(stat(checkpoints)).rejects.toThrow('ENOENT');
    const left = await hilum(folder, 'runs', 'list', '--json');
    expect(JSON.parse(left.stdout).runs.map(({ id }: { id: string }) => id)).toEqual(['dd44', 'cc33', 'aa11']);
    expect((await hilum(folder, 'runs', 'delete', 'ab22', '--yes')).code).toBe(2);
  });

  it('frees the stored model too, unless another run made the same one', async () => {
    const folder = seeded();
    const state = join(folder, '.hilum');
    await sealTinyModel(join(folder, 'sealed'));
    const seal = await addModel(state, join(folder, 'sealed'), { origin: 'trained', run: 'aa11' });
    for (const id of ['aa11', 'ab22']) {
      mkdirSync(join(state, 'runs', id), { recursive: true });
      writeFileSync(join(state, 'runs', id, 'model.json'), JSON.stringify({ seal }));
    }
    expect((await hilum(folder, 'runs', 'delete', 'ab22', '--yes')).code).toBe(0);
    expect((await stat(join(state, 'models', seal))).isDirectory()).toBe(true);
    expect((await hilum(folder, 'runs', 'delete', 'aa11', '--yes')).code).toBe(0);
    await expect(stat(join(state, 'models', seal))).rejects.toThrow('ENOENT');
  });

  it('of the page, while it can still be taken back, hides the run here too', async () => {
    const folder = seeded();
    const records = openRecords(join(folder, '.hilum', 'hilum.db'));
    records.runDeletions.hide(['ab22'], 'undo');
    records.close();
    const left = await hilum(folder, 'runs', 'list', '--json');
    expect(JSON.parse(left.stdout).runs.map(({ id }: { id: string }) => id)).toEqual(['dd44', 'cc33', 'aa11']);
    for (const words of [
      ['show', 'ab22'],
      ['compare', 'aa11', 'ab22'],
      ['delete', 'ab22', '--yes'],
    ]) {
      const { code, stderr } = await hilum(folder, 'runs', ...words);
      expect(code).toBe(2);
      expect(stderr).toContain('There is no run');
    }
  });
});
