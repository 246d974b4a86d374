import { z } from 'zod';
import { type RecordedEpoch, recordedEpochSchema } from '../../pipeline/protocol.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRows } from './row.ts';
import type { RunCurves } from './run-curves.ts';
import { write } from './write.ts';

const ownKeys: ReadonlySet<string> = new Set(Object.keys(recordedEpochSchema.shape));
const rowSchema = z
  .object({ fold: z.int(), epoch: z.int(), metrics: jsonColumn(z.looseObject(recordedEpochSchema.shape)) })
  .transform(({ fold, metrics }): Epoch => {
    const others = Object.entries(metrics).flatMap(([key, value]): [string, number | null][] =>
      ownKeys.has(key) ? [] : [[key, typeof value === 'number' ? value : null]],
    );
    // What is known is taken out by name, so that it holds nothing else.
    return others.length === 0
      ? { fold, metrics }
      : { fold, metrics: recordedEpochSchema.parse(metrics), others: Object.fromEntries(others) };
  });

/** An epoch of a run; fold 0 is the model itself, 1..k are the folds of cross-validation. */
export interface Epoch {
  readonly fold: number;
  readonly metrics: RecordedEpoch;
  /** Of a run from elsewhere: figures under names that are none of ours. */
  readonly others?: Readonly<Record<string, number | null>> | undefined;
}

export function epochsTable({ db, changes }: RecordsContext, curves: RunCurves) {
  // A resumed run may train an epoch again whose row was stored before its checkpoint: the row then stands for the weights that exist.
  const put = db.prepare(`INSERT INTO epochs (run, fold, epoch, metrics) VALUES (?, ?, ?, ?)
    ON CONFLICT (run, fold, epoch) DO UPDATE SET metrics = excluded.metrics`);
  const ofRun = db.prepare('SELECT fold, epoch, metrics FROM epochs WHERE run = ? ORDER BY fold, epoch');
  return {
    /** Stores one epoch once, however often it is added. */
    add(run: string, fold: number, metrics: RecordedEpoch): void {
      write(db, () => {
        put.run(run, fold, metrics.epoch, JSON.stringify(metrics));
        if (fold === 0) curves.summarise(run);
      });
      changes.touch(run);
    },
    /** Many epochs of one run at once: its curves are summed up once. */
    addMany(run: string, epochs: readonly Epoch[]): void {
      write(db, () => {
        for (const { fold, metrics, others } of epochs) {
          put.run(run, fold, metrics.epoch, JSON.stringify({ ...others, ...metrics }));
        }
        if (epochs.some(({ fold }) => fold === 0)) curves.summarise(run);
      });
      changes.touch(run);
    },
    /** By fold, then epoch. */
    list(run: string): Epoch[] {
      return readRows('epochs', rowSchema, () => ofRun.all(run));
    },
  };
}
