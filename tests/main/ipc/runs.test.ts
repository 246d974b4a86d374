import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openRecords, type Records } from '../../../src/main/records/index.ts';
import { keptFolder, keptNames } from '../../../src/main/studies/kept.ts';
import { csvTable } from '../../../src/pipeline/disk/csv.ts';
import { manifestColumns } from '../../../src/pipeline/domain/dataset.ts';
import { notice } from '../../../src/pipeline/domain/outcome.ts';
import { predictionTable } from '../../../src/pipeline/stages/prediction-table.ts';
import { type TestCore, testCore, testFolder } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { newRun } from '../../helpers/records.ts';
import { addSampleRuns, sampleMetrics } from '../../helpers/runs.ts';
import { randomPredictions } from '../../pipeline/metrics/predictions.ts';

beforeAll(buildHilum);

const sort = { by: 'started', descending: true };
const page = { offset: 0, limit: 100 };
const query = { filter: '', sort, columns: [], all: false, ...page };
const code = (name: string, facts: object = {}) => ({ code: name, facts: expect.objectContaining(facts) });

interface Opened extends TestCore {
  readonly root: string;
  readonly state: string;
}

/** A core on a workspace whose records hold the sample runs `id-1` to `id-4`. */
async function coreWithRuns(more: (records: Records) => void = () => undefined): Promise<Opened> {
  const folder = await testFolder();
  const root = join(folder, 'study');
  const state = join(root, '.hilum');
  mkdirSync(state, { recursive: true });
  for (const name of ['config.yaml', 'params.yaml']) writeFileSync(join(root, name), '');
  let ids = 0;
  const records = openRecords(join(state, 'hilum.db'), { newId: () => `id-${++ids}` });
  addSampleRuns(records);
  more(records);
  records.close();
  return { ...(await testCore({ folder, workspace: root })), root, state };
}

function keep({ state }: Opened, run: string, name: keyof typeof keptNames, text: string): void {
  mkdirSync(keptFolder(state, run), { recursive: true });
  writeFileSync(join(keptFolder(state, run), keptNames[name]), text);
}

describe('the table of runs', () => {
  it('names its columns, answers queries, and says where a filter is wrong', async () => {
    const { ask } = await coreWithRuns();
    const { columns } = await ask('runs/columns', {});
    expect(columns.find(({ key }) => key === 'tags')?.values).toEqual(['CT', 'baseline', 'ct']);
    expect(columns.find(({ key }) => key === 'notes')?.values).toEqual([]);
    const found = await ask('runs/query', { ...query, filter: 'name ~ crop', columns: ['scan/log_loss', 'seed'] });
    expect(found).toMatchObject({ total: 2, of: 3, fault: null });
    expect(found.rows.map(({ id, cells }) => [id, cells])).toEqual([
      ['id-3', [null, null]],
      ['id-2', [{ value: 0.1, low: null, high: null }, 8]],
    ]);
    expect(found.rows[1]).toMatchObject({ name: 'crop 10', leaky: true, tags: ['CT'], pinned: false });
    const wrong = await ask('runs/query', { ...query, filter: 'scan/auk > 0.5' });
    expect(wrong).toMatchObject({ total: 0, of: 3, rows: [], fault: { at: 0 } });
    const { suggestions } = await ask('runs/complete', { filter: 'outcome = ', at: 10 });
    expect(suggestions.map(({ text }) => text)).toContain('cancelled');
  });
});

describe('one run', () => {
  it('comes with all that is recorded and kept of it', async () => {
    const parts = await coreWithRuns();
    const metrics = sampleMetrics();
    keep(parts, 'id-1', 'metrics', JSON.stringify(metrics));
    const checkpoint = join(keptFolder(parts.state, 'id-2'), 'checkpoints', 'fold-0', 'epoch-0001');
    mkdirSync(checkpoint, { recursive: true });
    const { run } = await parts.ask('runs/get', { run: 'id-1' });
    expect(run).toMatchObject({ name: 'plain', tags: ['baseline', 'ct'], metrics, model: null, resumable: false });
    expect(run.epochs.map((epoch) => epoch.metrics.validation_loss)).toEqual([0.9, 0.5, 0.7]);
    expect(run.params).toMatchObject({ seed: 7 });
    await expect(parts.ask('runs/get', { run: 'id-9' })).rejects.toMatchObject(code('run/unknown', { run: 'id-9' }));
    expect(parts.bugs).toEqual([]);
  });

  it('is measured anew from what was kept, at the prevalence of the reader', async () => {
    const parts = await coreWithRuns();
    writeFileSync(join(parts.root, 'params.yaml'), 'evaluation:\n  resamples: 200\n');
    const study = randomPredictions(3, { groups: 12, slicesPerGroup: 4, classes: 2, skill: 2 });
    keep(parts, 'id-1', 'predictions', predictionTable(study, ['Cyst', 'Tumor']));
    const found = await parts.ask('runs/figures', { run: 'id-1', prevalence: { Tumor: 0.1 } });
    expect(found).toMatchObject({ scan: { cases: 12 }, slice: { cases: 48 }, calibration: null, notice });
    expect(found.scan.classes.map(({ name, prevalence }) => [name, prevalence])).toEqual([
      ['Cyst', found.scan.classes[0]?.share],
      ['Tumor', 0.1],
    ]);
    await expect(parts.ask('runs/figures', { run: 'id-2', prevalence: {} })).rejects.toMatchObject(
      code('run/no-predictions'),
    );
    expect(parts.bugs).toEqual([]);
  });

  it('takes notes, tags, name and pin, and tells every page', async () => {
    const { ask, pushes } = await coreWithRuns();
    const change = { notes: { before: '', after: '<b>good</b>\nsecond line' }, addTags: ['new'], removeTags: ['ct'] };
    const { run } = await ask('runs/annotate', { run: 'id-1', name: 'better', pinned: true, ...change });
    expect(run).toMatchObject({ name: 'better', tags: ['baseline', 'new'], pinned: true, notes: change.notes.after });
    await eventually(() => pushes).toContainEqual({ topic: 'changed', what: 'runs' });
    await expect(ask('runs/annotate', { run: 'id-1', ...change })).rejects.toMatchObject(code('run/changed'));
    const { rows } = await ask('runs/query', { ...query, filter: 'has notes and tags = new' });
    expect(rows.map(({ id, pinned }) => [id, pinned])).toEqual([['id-1', true]]);
  });
});

describe('comparing', () => {
  it('shows what differs, the figures and what must be known first', async () => {
    const { ask } = await coreWithRuns();
    const { runs, facts, figures, warnings } = await ask('runs/compare', { runs: ['id-1', 'id-2'] });
    expect(runs.map(({ id }) => id)).toEqual(['id-1', 'id-2']);
    expect(facts.find(({ key }) => key === 'params.head.dropout')).toEqual({
      ...{ key: 'params.head.dropout', part: 'params', values: ['0.2', '0.4'], differs: true },
    });
    expect(figures[0]).toMatchObject({ name: 'scan/balanced_accuracy', best: 1 });
    expect(warnings.join(' ')).toMatch(/Leaky: in "crop 10".*different patients/);
  });
});

describe('a cell of the confusion matrix', () => {
  const columns = ['image', 'scan', 'group', 'class', 'predicted', 'p_Cyst', 'p_Stone'];
  const rows = [
    ['a.png', 's1', 'g1', 'Cyst', 'Stone', 0.3, 0.7],
    ['b.png', 's1', 'g1', 'Cyst', 'Stone', 0.1, 0.9],
    ['=c.png', 's2', 'g2', 'Cyst', 'Stone', 0.2, 0.8],
    ['d.png', 's2', 'g2', 'Cyst', 'Cyst', 0.9, 0.1],
  ];

  function manifest(root: string, classOfB: string): void {
    const line = (image: string, label: string) => [image, image, 'h', 'p', label, 's', 'g', 'display', 'axial', 4, 4];
    mkdirSync(join(root, 'artifacts', 'dataset'), { recursive: true });
    const text = csvTable(manifestColumns, [line('b.png', classOfB), line('=c.png', 'Cyst')]);
    writeFileSync(join(root, 'artifacts', 'dataset', 'manifest.csv'), text);
  }

  it('gives its images, surest first, with the class that they have now', async () => {
    const parts = await coreWithRuns();
    const { ask, root } = parts;
    keep(parts, 'id-1', 'predictions', csvTable(columns, rows));
    const cell = { run: 'id-1', truth: 'Cyst', predicted: 'Stone' };
    const before = await ask('runs/cell', { ...cell, ...page });
    expect(before.rows.map(({ image, classNow, ref }) => [image, classNow, ref])).toEqual([
      ['b.png', null, null],
      ['=c.png', null, null],
      ['a.png', null, null],
    ]);
    manifest(root, 'Stone');
    const after = await ask('runs/cell', { ...cell, offset: 0, limit: 2 });
    expect(after).toEqual({
      total: 3,
      rows: [
        {
          image: 'b.png',
          scan: 's1',
          probabilities: [0.1, 0.9],
          classNow: 'Stone',
          ref: { of: 'dataset', image: 'b.png' },
        },
        {
          image: '=c.png',
          scan: 's2',
          probabilities: [0.2, 0.8],
          classNow: 'Cyst',
          ref: { of: 'dataset', image: '=c.png' },
        },
      ],
    });
    expect(await ask('runs/cell', { ...cell, truth: 'none', ...page })).toEqual({ total: 0, rows: [] });
  });

  it('says so when nothing is kept, and names the line that is broken', async () => {
    const parts = await coreWithRuns();
    const cell = { run: 'id-1', truth: 'Cyst', predicted: 'Stone', ...page };
    await expect(parts.ask('runs/cell', cell)).rejects.toMatchObject(code('run/no-predictions'));
    keep(parts, 'id-1', 'predictions', csvTable(columns, [...rows, ['e.png', 's', 'g', 'Cyst', 'Stone', 'x', 0.5]]));
    await expect(parts.ask('runs/cell', cell)).rejects.toMatchObject(code('table/bad-row', { line: 6 }));
    await expect(parts.ask('runs/cell', { ...cell, run: '../id-1' })).rejects.toMatchObject(code('run/unknown'));
  });
});

describe('deleting', () => {
  it('says what it frees, hides at once, is taken back, and is finished at the next start', async () => {
    const parts = await coreWithRuns((records) => records.runs.start(newRun));
    const { ask, pushes, root, folder, state } = parts;
    keep(parts, 'id-1', 'predictions', 'x'.repeat(1000));
    const size = { files: 1, bytes: 1000, sharedFiles: 0, sharedBytes: 0 };
    expect(await ask('runs/delete-preview', { runs: ['id-1', 'id-2'] })).toEqual({ runs: 2, ...size });
    const { undo, bytes } = await ask('runs/delete', { runs: ['id-1', 'id-2'] });
    expect(bytes).toBe(1000);
    await eventually(() => pushes).toContainEqual({ topic: 'changed', what: 'runs' });
    expect((await ask('runs/query', query)).rows.map(({ id }) => id)).toEqual(['id-5', 'id-3']);
    await expect(ask('runs/get', { run: 'id-1' })).rejects.toMatchObject(code('run/unknown'));
    expect(await ask('runs/undo-delete', { undo })).toEqual({ runs: 2 });
    await expect(ask('runs/undo-delete', { undo })).rejects.toMatchObject(code('run/gone'));
    expect((await ask('runs/query', query)).of).toBe(4);
    const last = await ask('runs/delete', { runs: ['id-1'] });
    await parts.core.close();
    const later = new Date(Date.now() + 31_000).toISOString();
    const next = await testCore({ folder, workspace: root, now: () => later });
    expect((await next.ask('runs/query', query)).of).toBe(3);
    await expect(next.ask('runs/undo-delete', { undo: last.undo })).rejects.toMatchObject(code('run/gone'));
    await vi.waitFor(() => expect(existsSync(keptFolder(state, 'id-1'))).toBe(false));
  });

  it('refuses a run that is running', async () => {
    const parts = await coreWithRuns();
    await parts.core.close();
    const records = openRecords(join(parts.state, 'hilum.db'), { newId: () => 'running' });
    const next = await testCore({ folder: parts.folder, workspace: parts.root });
    // Started beside the core, as a command line that has the lock would.
    records.runs.start(newRun);
    records.close();
    await expect(next.ask('runs/delete', { runs: ['id-1', 'running'] })).rejects.toMatchObject(code('run/running'));
    expect((await next.ask('runs/get', { run: 'id-1' })).run.id).toBe('id-1');
  });
});

describe('the page of runs', () => {
  it('is one file of HTML, made in the worker, with notes as text and the notice', async () => {
    const parts = await coreWithRuns();
    const { ask, delivered } = parts;
    keep(parts, 'id-1', 'metrics', JSON.stringify(sampleMetrics()));
    await ask('runs/annotate', { run: 'id-1', notes: { before: '', after: '<script>alert(1)</script>' } });
    expect(await ask('runs/export', { runs: ['id-1'] })).toMatchObject({ kind: 'saved' });
    expect(await ask('runs/export', { runs: ['id-1', 'id-2'] })).toMatchObject({ kind: 'saved' });
    const [[oneName, one] = [], [twoName, two] = []] = [...delivered];
    expect(oneName).toMatch(/^hilum-run-id-1-\d{4}-\d\d-\d\d\.html$/);
    expect(twoName).toMatch(/^hilum-comparison-of-2-runs-\d{4}-\d\d-\d\d\.html$/);
    for (const html of [one, two]) {
      expect(html).toContain(notice);
      expect(html).toContain('&lt;script&gt;alert(1)');
      expect(html).not.toContain('<script');
    }
    expect(two).toContain('<h2>What differs</h2>');
    await parts.core.close();
    const records = openRecords(join(parts.state, 'hilum.db'));
    const exports = records.audit.list(0, 1000).filter(({ action }) => action === 'export');
    records.close();
    expect(exports.map(({ subject, details }) => [subject, details])).toEqual(
      ['id-1', 'id-1', 'id-2'].map((id) => [id, '{"format":"html"}']),
    );
  });
});
