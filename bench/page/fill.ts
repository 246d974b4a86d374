import { join } from 'node:path';
import { openRecords, type Records } from '../../src/main/records/index.ts';
import { lockWorkspace } from '../../src/main/workspace/lock.ts';
import { type Random, randomFrom } from '../../src/pipeline/domain/random.ts';
import type { BatchResult } from '../../src/pipeline/protocol.ts';
import { hilum } from '../lib/processes.ts';

export const resultRows = 100_000;
export const recordedRuns = 5_000;

const classes = ['Cyst', 'Normal', 'Stone', 'Tumor'];
const imagesOfScan = 40;

/** A workspace with a finished batch of 100,000 images and 5,000 runs, all drawn from one seed. @returns the batch */
export function fillWorkspace(root: string): string {
  hilum('init', root);
  const lock = lockWorkspace(root);
  const records = openRecords(join(root, '.hilum', 'hilum.db'), { lock });
  try {
    const batch = fillBatch(records, join(root, 'scans'));
    fillRuns(records);
    return batch;
  } finally {
    records.close();
    lock.release();
  }
}

function fillBatch(records: Records, folder: string): string {
  const random = randomFrom('bench', 'results');
  const batch = records.batches.create({
    folder,
    modelSeal: 'a'.repeat(64),
    modelName: 'Model of the bench',
    classes,
    options: { shard: null, review_below: null },
  });
  const items = Array.from({ length: resultRows }, (_, index) => index + 1);
  const fileOf = (item: number): string =>
    `scan ${String(Math.floor(item / imagesOfScan)).padStart(4, '0')}/IM${String(item).padStart(6, '0')}.dcm`;
  records.batchItems.addMany(
    batch,
    items.map((item) => ({ item, file: fileOf(item), path: join(folder, fileOf(item)), size: 1, mtimeMs: 0 })),
  );
  records.batches.fixList(batch);
  const pageSize = 1000;
  for (let start = 0; start < items.length; start += pageSize) {
    const page = items.slice(start, start + pageSize);
    records.batchItems.complete(
      batch,
      page.map((item) => resultOf(item, fileOf(item), random)),
    );
  }
  records.batches.finish(batch, 'completed');
  return batch;
}

function resultOf(item: number, file: string, random: Random): BatchResult {
  const scan = `dicom-${Math.floor(item / imagesOfScan)}`;
  if (random.next() < 0.02) {
    const row = { frame: 0, image: file, scan: '', group: '', state: 'refused', predicted: null } as const;
    return { item, sha256: null, rows: [{ ...row, probabilities: [], code: 'image/truncated', facts: {} }] };
  }
  const weights = classes.map(() => random.next() ** 4);
  const sum = weights.reduce((total, each) => total + each, 0);
  const probabilities = weights.map((each) => each / sum);
  const top = Math.max(...probabilities);
  const state = top < 0.5 ? 'review' : 'answered';
  const predicted = probabilities.indexOf(top);
  return {
    item,
    sha256: null,
    rows: [{ frame: 0, image: file, scan, group: scan, state, predicted, probabilities, code: null, facts: {} }],
  };
}

function fillRuns(records: Records): void {
  const random = randomFrom('bench', 'runs');
  const figure = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
  for (let index = 0; index < recordedRuns; index++) {
    const id = records.runs.start({
      kind: 'train',
      name: `run ${index}`,
      params: { seed: index + 1, head: { dropout: Math.round(random.next() * 8) / 10 }, training: { epochs: 30 } },
      codeVersion: '0',
      environment: { node: process.version },
      leaky: random.next() < 0.05,
    });
    records.runMetrics.set(id, {
      'scan/balanced_accuracy': figure(random.next()),
      'slice/balanced_accuracy': figure(random.next()),
      'scan/auc': figure(random.next()),
    });
    records.runs.finish(id, 'completed');
  }
}
