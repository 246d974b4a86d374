import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeTensorboard } from '../../../src/main/interop/tensorboard/export.ts';
import { readRecord } from '../../../src/main/studies/run-record.ts';
import { epochRow, temporaryFolder, testRecords } from '../../helpers/records.ts';
import { addRun } from '../../helpers/runs.ts';

const python = process.env.HILUM_PEER_PYTHON;
if (python === undefined) console.warn('SKIPPED: TensorBoard: HILUM_PEER_PYTHON is not set');

const seenSchema = z.object({
  runs: z.record(z.string(), z.record(z.string(), z.array(z.tuple([z.int(), z.number(), z.number()])))),
  hparams: z.record(
    z.string(),
    z.object({
      group: z.string(),
      hparams: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      status: z.int(),
    }),
  ),
});

function seenBy(folder: string) {
  const script = fileURLToPath(new URL('read_scalars.py', import.meta.url));
  const printed = execFileSync(python ?? '', [script, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return seenSchema.parse(JSON.parse(printed));
}

const epochs = 1200;
/** Values that float32 rounds, tiny and huge ones among them. */
const lossOf = (epoch: number): number => (epoch % 7 === 0 ? 1e-30 : 1 / 3) * epoch ** 1.1;

describe.skipIf(python === undefined)('real TensorBoard', () => {
  it('reads every scalar of every step as it was recorded, in float32, and the hyperparameters', async () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const first = addRun(records, {
      run: { name: 'first' },
      figures: { 'scan/balanced_accuracy': 0.8125, 'scan/auc': null },
    });
    const second = addRun(records, { run: { name: 'zweiter Lauf: ä' }, losses: [0.5], outcome: 'cancelled' });
    const curve = Array.from({ length: epochs }, (_, at) => {
      const epoch = at + 1;
      const validation_accuracy = epoch % 2 === 0 ? 0.1 * (epoch % 10) : null;
      return { fold: 0, metrics: { ...epochRow(epoch), loss: lossOf(epoch), validation_accuracy, elapsed_ms: 250 } };
    });
    records.epochs.addMany(first, [...curve, ...[1, 2, 3].map((epoch) => ({ fold: 1, metrics: epochRow(epoch) }))]);
    const folder = temporaryFolder();
    await writeTensorboard(
      folder,
      [first, second].map((id) => readRecord(records, records.runs.get(id))),
    );
    const { runs, hparams } = seenBy(folder);
    const [a, b] = [`first-${first}`, `zweiter Lauf_ ä-${second}`];
    expect(Object.keys(runs).sort()).toEqual(
      [
        a,
        `${a}/train`,
        `${a}/validation`,
        `${a}/fold-1/train`,
        `${a}/fold-1/validation`,
        b,
        `${b}/train`,
        `${b}/validation`,
      ].sort(),
    );
    const loss = runs[`${a}/train`]?.epoch_loss ?? [];
    expect(loss.map(([step]) => step)).toEqual(Array.from({ length: epochs }, (_, at) => at + 1));
    expect(loss.map(([, value]) => value)).toEqual(
      Array.from({ length: epochs }, (_, at) => Math.fround(lossOf(at + 1))),
    );
    const start = Date.parse(records.runs.get(first).startedAt) / 1000;
    expect(loss.at(-1)?.[2]).toBe(start + 0.25 * epochs);
    const accuracy = runs[`${a}/validation`]?.epoch_accuracy ?? [];
    expect(accuracy).toHaveLength(epochs / 2);
    expect(accuracy.every(([step, value]) => value === Math.fround(0.1 * (step % 10)))).toBe(true);
    expect(runs[`${a}/fold-1/train`]?.epoch_loss?.map(([, value]) => value)).toEqual([1, 0.5, Math.fround(1 / 3)]);
    expect(Object.keys(runs[`${a}/train`] ?? {}).sort()).toEqual([
      'epoch_accuracy',
      'epoch_balanced_accuracy',
      'epoch_learning_rate',
      'epoch_loss',
    ]);
    expect(runs[a]).toEqual({ 'evaluation/scan/balanced_accuracy': [[0, 0.8125, expect.any(Number)]] });
    expect(hparams[a]).toEqual({
      group: first,
      hparams: {
        seed: 7,
        'head.dropout': 0.2,
        'head.hidden': '[64]',
        'training.epochs': 3,
        'training.learning_rate': 0.001,
        'augmentation.flip': true,
        'backbone.name': 'lite',
        'backbone.weights': 'null',
      },
      status: 1,
    });
    expect(hparams[b]?.status).toBe(2);
  });
});
