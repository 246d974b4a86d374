import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockStateFolder } from '../../../src/main/workspace/lock.ts';
import type { BatchResult } from '../../../src/pipeline/protocol.ts';
import {
  epochRow,
  listedBatch,
  listedFiles,
  newBatch,
  newRun,
  temporaryFolder,
  testRecords,
} from '../../helpers/records.ts';

const memory = () => testRecords(join(temporaryFolder(), 'hilum.db'));

function answer(item: number, scan = 'a', frames = 1): BatchResult {
  const rows = Array.from({ length: frames }, (_, frame) => ({
    frame,
    image: `${item}#${frame}`,
    scan,
    group: 'g',
    state: 'answered' as const,
    predicted: 1,
    probabilities: [0.1 + 0.2, 0.7],
    code: null,
    facts: {},
  }));
  return { item, sha256: 'f'.repeat(64), rows };
}

describe('runs', () => {
  it('come back as they were given', () => {
    const { runs } = memory();
    const id = runs.start({
      ...newRun,
      datasetHash: 'd',
      splitHash: 's',
      contractHash: 'c',
      backboneHash: 'b',
      leaky: true,
    });
    expect(runs.get(id)).toEqual({
      seq: 1,
      id,
      kind: 'train',
      name: 'first',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      outcome: 'running',
      params: { seed: 7 },
      datasetHash: 'd',
      splitHash: 's',
      contractHash: 'c',
      backboneHash: 'b',
      codeVersion: '0.1.0',
      environment: { node: '24' },
      leaky: true,
      notes: '',
      pinned: false,
      parent: null,
      origin: null,
      dataVersion: null,
    });
  });

  it('end once: the first outcome stays', () => {
    const { runs, audit } = memory();
    const id = runs.start(newRun);
    runs.finish(id, 'cancelled');
    runs.finish(id, 'completed');
    expect(runs.get(id)).toMatchObject({ outcome: 'cancelled', endedAt: '2026-01-01T00:00:00.000Z' });
    runs.resume(id);
    runs.finish(id, 'completed');
    expect(runs.get(id).outcome).toBe('completed');
    expect(audit.list(0, 10).map((row) => row.action)).toEqual([
      'run/started',
      'run/ended',
      'run/resumed',
      'run/ended',
    ]);
  });

  it('are listed newest first, by kind and number', () => {
    const { runs } = memory();
    const ids = (['train', 'evaluate', 'train'] as const).map((kind) => runs.start({ ...newRun, kind }));
    expect(runs.list().map((run) => run.id)).toEqual([...ids].reverse());
    expect(runs.list({ kind: 'train' }).map((run) => run.id)).toEqual([ids[2], ids[0]]);
    expect(runs.list({ limit: 1 }).map((run) => run.id)).toEqual([ids[2]]);
  });

  it('that are not there are named with the nearest id', () => {
    const { runs } = memory();
    runs.start(newRun);
    const unknown = expect.objectContaining({ code: 'run/unknown', facts: { run: 'id-2', nearest: 'id-1' } });
    for (const call of [runs.get, runs.delete, runs.resume]) expect(() => call('id-2')).toThrow(unknown);
  });

  it('are deleted with all that belongs to them', () => {
    const { runs, epochs, runMetrics, artefacts } = memory();
    const [kept, gone] = [runs.start(newRun), runs.start(newRun)];
    for (const run of [kept, gone]) {
      epochs.add(run, 0, epochRow(1));
      runMetrics.set(run, { 'scan/accuracy': { value: 0.5, low: 0.25, high: null } });
      artefacts.set(run, [{ path: 'artifacts/model', sha256: 'a', bytes: 3 }]);
    }
    runs.delete(gone);
    expect(runs.list().map((run) => run.id)).toEqual([kept]);
    expect([epochs.list(gone), runMetrics.list(gone), artefacts.list(gone)]).toEqual([[], [], []]);
    expect(runMetrics.list()).toEqual([{ run: kept, name: 'scan/accuracy', value: 0.5, low: 0.25, high: null }]);
    expect(artefacts.list(kept)).toEqual([{ path: 'artifacts/model', sha256: 'a', bytes: 3 }]);
  });

  it('[F1] hold every epoch once, though it is added again after a resume', () => {
    const { runs, epochs } = memory();
    const run = runs.start(newRun);
    for (const epoch of [1, 2, 3, 2, 3, 4]) epochs.add(run, 0, epochRow(epoch));
    epochs.add(run, 1, epochRow(1));
    expect(epochs.list(run).map(({ fold, metrics }) => [fold, metrics.epoch])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 1],
    ]);
    expect(epochs.list(run)[0]?.metrics).toEqual(epochRow(1));
    expect(() => epochs.add('no-run', 0, epochRow(1))).toThrow(/FOREIGN KEY/);
  });

  it('and batches that a dead process left running are interrupted by the next holder of the lock', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'hilum.db');
    const first = testRecords(path);
    const [run, ended] = [first.runs.start(newRun), first.runs.start(newRun)];
    first.runs.finish(ended, 'completed');
    const batch = first.batches.create(newBatch);
    const reader = testRecords(path);
    expect(reader.runs.get(run).outcome).toBe('running');
    const lock = lockStateFolder(folder);
    const second = testRecords(path, { lock });
    expect(second.runs.get(run).outcome).toBe('interrupted');
    expect(second.runs.get(ended).outcome).toBe('completed');
    expect(second.batches.get(batch).outcome).toBe('interrupted');
    lock.release();
  });
});

describe('batches', () => {
  it('keep their list and know when it is whole', () => {
    const { batches, batchItems } = memory();
    const batch = batches.create(newBatch);
    batchItems.addMany(batch, listedFiles(2500));
    expect(batches.get(batch).files).toBeNull();
    batches.fixList(batch);
    expect(batches.get(batch)).toMatchObject({ files: 2500, classes: ['Cyst', 'Normal'], outcome: 'running' });
    const listed = [...listedFiles(2500)];
    expect(batchItems.pending(batch, 0, 3000)).toEqual(listed);
    expect(batchItems.pending(batch, 2490, 3).map((file) => file.item)).toEqual([2491, 2492, 2493]);
    expect(() => batchItems.addMany(batch, listedFiles(1))).toThrow(/UNIQUE/);
    expect(() => batches.get('none')).toThrow(expect.objectContaining({ code: 'batch/unknown' }));
  });

  it('[F2] take the result of a file once', () => {
    const records = memory();
    const batch = listedBatch(records, 3);
    expect(records.batchItems.complete(batch, [answer(1), answer(3, 'a', 2)])).toBe(2);
    expect(records.batchItems.complete(batch, [answer(1, 'other'), answer(2)])).toBe(1);
    expect(records.batchItems.complete(batch, [answer(99)])).toBe(0);
    expect(records.batchItems.counts(batch)).toEqual({ files: 3, done: 3 });
    expect(records.batchItems.pending(batch, 0, 10)).toEqual([]);
    const rows = [...records.batchRows.inFileOrder(batch)];
    expect(rows.map((row) => [row.item, row.frame, row.scan])).toEqual([
      [1, 0, 'a'],
      [2, 0, 'a'],
      [3, 0, 'a'],
      [3, 1, 'a'],
    ]);
    expect(rows[0]).toMatchObject({
      file: '1.png',
      sha256: 'f'.repeat(64),
      group: 'g',
      probabilities: [0.1 + 0.2, 0.7],
    });
  });

  it('store a group of results whole or not at all', () => {
    const records = memory();
    const batch = listedBatch(records, 2);
    const twice = answer(2, 'a', 1);
    const broken = { ...twice, rows: [...twice.rows, ...twice.rows] };
    expect(() => records.batchItems.complete(batch, [answer(1), broken])).toThrow(/UNIQUE/);
    expect(records.batchItems.counts(batch)).toEqual({ files: 2, done: 0 });
    expect([...records.batchRows.inFileOrder(batch)]).toEqual([]);
  });

  it('page their rows by file and by scan, at every page border', () => {
    const records = memory();
    const batch = listedBatch(records, 2001);
    const scanOf = (item: number) => ['', 'b', 'a'][item % 3];
    records.batchItems.complete(
      batch,
      Array.from({ length: 2001 }, (_, i) => answer(i + 1, scanOf(i + 1), 2)),
    );
    const byFile = [...records.batchRows.inFileOrder(batch)].map((row) => `${row.item}#${row.frame}`);
    expect(byFile).toEqual(Array.from({ length: 4002 }, (_, i) => `${Math.floor(i / 2) + 1}#${i % 2}`));
    const byScan = [...records.batchRows.inScanOrder(batch)];
    expect(byScan).toHaveLength(4002);
    expect([...new Set(byScan.map((row) => row.scan))]).toEqual(['', 'a', 'b']);
    const sorted = [...byScan].sort((a, b) => (a.scan === b.scan ? a.item - b.item || a.frame - b.frame : 0));
    expect(byScan).toEqual(sorted);
  });

  it('[E13] may be written while their rows are read', () => {
    const records = memory();
    const batch = listedBatch(records, 1500);
    records.batchItems.complete(
      batch,
      Array.from({ length: 1400 }, (_, i) => answer(i + 1)),
    );
    let read = 0;
    for (const row of records.batchRows.inFileOrder(batch)) {
      read++;
      if (row.item === 10) records.batchItems.complete(batch, [answer(1450)]);
    }
    expect(read).toBe(1401);
  });

  it('count states and codes', () => {
    const records = memory();
    const batch = listedBatch(records, 3);
    const [row] = answer(2).rows;
    if (row === undefined) throw new Error('no row');
    const refused = { ...row, state: 'refused' as const, predicted: null, probabilities: [], facts: { limit: 3 } };
    records.batchItems.complete(batch, [
      answer(1),
      { item: 2, sha256: null, rows: [{ ...refused, code: 'image/too-large' }] },
      { item: 3, sha256: null, rows: [{ ...row, state: 'review', code: null }] },
    ]);
    expect(records.batchRows.counts(batch)).toEqual({ answered: 1, review: 1, refused: 1 });
    expect(records.batchRows.codes(batch)).toEqual([{ code: 'image/too-large', images: 1 }]);
    expect([...records.batchRows.inFileOrder(batch)][1]).toMatchObject({ facts: { limit: 3 }, sha256: null });
  });
});
