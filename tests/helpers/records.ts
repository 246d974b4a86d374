import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ListedFile } from '../../src/main/records/batch-items.ts';
import { openRecords, type Records, type RecordsOptions } from '../../src/main/records/index.ts';
import type { EpochRow } from '../../src/pipeline/protocol.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Records with ids and times that are the same in every run, closed after the test. */
export function testRecords(path: string, options: RecordsOptions = {}): Records {
  let ids = 0;
  const records = openRecords(path, {
    now: () => new Date(Date.UTC(2026, 0, 1)),
    newId: () => `id-${++ids}`,
    ...options,
  });
  onTestFinished(() => records.close());
  return records;
}

export const newRun = {
  kind: 'train',
  name: 'first',
  params: { seed: 7 },
  codeVersion: '0.1.0',
  environment: { node: '24' },
  leaky: false,
} as const;

export const newBatch = {
  folder: '/scans',
  modelSeal: 'a'.repeat(64),
  modelName: 'demo',
  classes: ['Cyst', 'Normal'],
  options: {},
} as const;

export function epochRow(epoch: number): EpochRow {
  const validation = { validation_loss: 1, validation_accuracy: null, validation_balanced_accuracy: null };
  return {
    epoch,
    loss: 1 / epoch,
    accuracy: 0.5,
    balanced_accuracy: 0.5,
    learning_rate: 0.1,
    elapsed_ms: 1,
    ...validation,
  };
}

/** Files 1..n; `nameOf` gives the ending that tells the tiny worker what to do. */
export function* listedFiles(count: number, nameOf = (item: number) => `${item}.png`): Generator<ListedFile> {
  for (let item = 1; item <= count; item++) {
    const file = nameOf(item);
    yield { item, file, path: `/scans/${file}`, size: 100 + item, mtimeMs: 1e12 + item / 8 };
  }
}

/** A batch whose list is fixed. */
export function listedBatch(records: Records, count: number, nameOf?: (item: number) => string): string {
  const batch = records.batches.create(newBatch);
  records.batchItems.addMany(batch, listedFiles(count, nameOf));
  records.batches.fixList(batch);
  return batch;
}
