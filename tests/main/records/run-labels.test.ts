import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src/main/records/migrate.ts';
import { migrations } from '../../../src/main/records/migrations/index.ts';
import { epochRow, newRun, temporaryFolder, testRecords } from '../../helpers/records.ts';

const fresh = () => testRecords(join(temporaryFolder(), 'hilum.db'));
const code = (name: string) => expect.objectContaining({ code: name });

describe('labels of runs', () => {
  it('change together, or not at all when somebody else wrote other notes meanwhile', () => {
    const records = fresh();
    const id = records.runs.start(newRun);
    const nothing = { addTags: [], removeTags: [] };
    records.annotateRun(id, { ...nothing, name: 'second', pinned: true, notes: { before: '', after: 'a' } });
    expect(records.runs.get(id)).toMatchObject({ name: 'second', notes: 'a', pinned: true });
    const stale = { name: 'third', addTags: ['x'], removeTags: [], notes: { before: '', after: 'b' } };
    expect(() => records.annotateRun(id, stale)).toThrow(code('run/changed'));
    expect(records.runs.get(id)).toMatchObject({ name: 'second', notes: 'a' });
    expect(records.runTags.of(id)).toEqual([]);
    records.annotateRun(id, { ...nothing, pinned: false });
    expect(records.runs.get(id)).toMatchObject({ name: 'second', notes: 'a', pinned: false });
    expect(() => records.annotateRun('none', nothing)).toThrow(code('run/unknown'));
  });

  it('are tags once each, in order, gone with their run', () => {
    const { runs, runTags } = fresh();
    const [a, b] = [runs.start(newRun), runs.start(newRun)];
    runTags.change(a, ['ct', 'base', 'ct'], []);
    runTags.change(b, ['ct'], ['none']);
    runTags.change(a, ['new'], ['base']);
    expect(runTags.of(a)).toEqual(['ct', 'new']);
    expect([...runTags.all()]).toEqual([
      [a, ['ct', 'new']],
      [b, ['ct']],
    ]);
    runs.delete(a);
    expect([...runTags.all().keys()]).toEqual([b]);
  });

  it('leave a trace that says which parts were changed, never to what', () => {
    const records = fresh();
    const id = records.runs.start(newRun);
    records.annotateRun(id, {
      name: 'Jane Doe',
      notes: { before: '', after: 'Doe' },
      addTags: ['Doe'],
      removeTags: [],
    });
    const trace = records.audit.list(0, 10).at(-1);
    expect(trace).toMatchObject({ action: 'run/annotated', subject: id });
    expect(trace?.details).not.toContain('Doe');
  });
});

describe('deletion that can be taken back', () => {
  it('hides runs from everybody until they are restored', () => {
    const { runs, runDeletions, runMetrics, audit } = fresh();
    const [a, b] = [runs.start(newRun), runs.start(newRun)];
    runMetrics.set(a, { 'scan/auc': { value: 1, low: null, high: null } });
    for (const id of [a, b]) runs.finish(id, 'completed');
    runDeletions.hide([a], 'token');
    expect(runs.list().map(({ id }) => id)).toEqual([b]);
    expect(runs.find(a)).toBeUndefined();
    expect(() => runs.get(a)).toThrow(expect.objectContaining({ code: 'run/unknown', facts: { run: a, nearest: b } }));
    expect(runMetrics.names()).toEqual([]);
    expect(runDeletions.everyId()).toEqual([a, b]);
    expect(runDeletions.list()).toEqual([{ id: a, undo: 'token', deletedAt: '2026-01-01T00:00:00.000Z' }]);
    expect(runDeletions.restore('other')).toBe(0);
    expect(runDeletions.restore('token')).toBe(1);
    expect(runs.get(a).id).toBe(a);
    expect(runMetrics.names()).toEqual(['scan/auc']);
    expect(audit.list(0, 20).map(({ action }) => action)).toContain('run/restored');
  });

  it('cannot be taken back once the files began to go', () => {
    const { runs, runDeletions } = fresh();
    const id = runs.start(newRun);
    runs.finish(id, 'failed');
    runDeletions.hide([id], 'token');
    runDeletions.seal([id]);
    expect(runDeletions.restore('token')).toBe(0);
    runs.delete(id);
    expect(runDeletions.everyId()).toEqual([]);
  });

  it('refuses a running run, and then hides none', () => {
    const { runs, runDeletions } = fresh();
    const [ended, running] = [runs.start(newRun), runs.start(newRun)];
    runs.finish(ended, 'completed');
    expect(() => runDeletions.hide([ended, running], 'token')).toThrow(code('run/running'));
    expect(() => runDeletions.hide([ended, 'none'], 'token')).toThrow(code('run/unknown'));
    expect(runDeletions.list()).toEqual([]);
  });
});

describe('summaries of curves', () => {
  it('are of the model alone, and right after an epoch was trained again', () => {
    const { runs, epochs, runCurves } = fresh();
    const id = runs.start(newRun);
    for (const [epoch, loss] of [0.9, 0.5, 0.7].entries()) epochs.add(id, 0, { ...epochRow(epoch + 1), loss });
    epochs.add(id, 1, { ...epochRow(1), loss: 0.01 });
    const loss = { run: id, figure: 'loss', epochs: 3 };
    expect(runCurves.ofFigure('loss')).toEqual([{ ...loss, lowest: 0.5, highest: 0.9, last: 0.7 }]);
    epochs.add(id, 0, { ...epochRow(2), loss: 0.8 });
    expect(runCurves.ofFigure('loss')).toEqual([{ ...loss, lowest: 0.7, highest: 0.9, last: 0.7 }]);
    const none = runCurves.list(id).find(({ figure }) => figure === 'validation_accuracy');
    expect(none).toMatchObject({ lowest: null, highest: null, last: null });
    runs.delete(id);
    expect(runCurves.list()).toEqual([]);
  });

  it('[E11] are made of the epochs that older records hold, whatever stands in them', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    migrate(db, path, migrations.slice(0, 4));
    db.exec(`INSERT INTO runs (id, kind, name, started_at, outcome, params, code_version, environment, leaky, notes)
      VALUES ('old', 'train', 'n', 't', 'completed', '{}', '0', '{}', 0, '')`);
    const put = db.prepare("INSERT INTO epochs (run, fold, epoch, metrics) VALUES ('old', ?, ?, ?)");
    put.run(0, 1, JSON.stringify({ ...epochRow(1), loss: 0.5 }));
    put.run(0, 2, JSON.stringify({ ...epochRow(2), loss: 3 }));
    put.run(0, 3, '{"loss": "text"');
    put.run(1, 1, JSON.stringify({ ...epochRow(1), loss: 0.1 }));
    db.close();
    const { runCurves, runs } = testRecords(path);
    expect(runCurves.ofFigure('loss')).toEqual([
      { run: 'old', figure: 'loss', epochs: 2, lowest: 0.5, highest: 3, last: 3 },
    ]);
    expect(runs.get('old')).toMatchObject({ pinned: false });
  });
});

it('every write to a run is known to who keeps what was read of it', () => {
  const records = fresh();
  const { runs, epochs, runMetrics, runTags, runDeletions, runChanges } = records;
  const [a, b] = [runs.start(newRun), runs.start(newRun)];
  const writes: (() => void)[] = [
    () => epochs.add(a, 0, epochRow(1)),
    () => runMetrics.set(a, { x: { value: 1, low: null, high: null } }),
    () => runTags.change(a, ['t'], []),
    () => runs.label(a, { pinned: true }),
    () => runs.finish(a, 'cancelled'),
    () => runs.resume(a),
    () => runs.finish(a, 'completed'),
    () => runDeletions.hide([a], 'token'),
    () => runDeletions.restore('token'),
    () => runs.delete(a),
  ];
  for (const write of writes) {
    const { version } = runChanges;
    expect(runChanges.since(version)).toEqual([]);
    write();
    expect(runChanges.since(version)).toEqual([a]);
  }
  expect(runChanges.since(0)).toEqual([a, b]);
});
