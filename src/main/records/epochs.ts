import { z } from 'zod';
import { type EpochRow, epochMetricsSchema } from '../../pipeline/protocol.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRows } from './row.ts';
import type { RunCurves } from './run-curves.ts';
import { write } from './write.ts';

const rowSchema = z.object({ fold: z.int(), epoch: z.int(), metrics: jsonColumn(epochMetricsSchema) });

/** An epoch of a run; fold 0 is the model itself, 1..k are the folds of cross-validation. */
export interface Epoch {
  readonly fold: number;
  readonly metrics: EpochRow;
}

export function epochsTable({ db, changes }: RecordsContext, curves: RunCurves) {
  // A resumed run may train an epoch again whose row was stored before its checkpoint: the row then stands for the weights that exist.
  const put = db.prepare(`INSERT INTO epochs (run, fold, epoch, metrics) VALUES (?, ?, ?, ?)
    ON CONFLICT (run, fold, epoch) DO UPDATE SET metrics = excluded.metrics`);
  const ofRun = db.prepare('SELECT fold, epoch, metrics FROM epochs WHERE run = ? ORDER BY fold, epoch');
  return {
    /** Stores one epoch once, however often it is added. */
    add(run: string, fold: number, metrics: EpochRow): void {
      write(db, () => {
        put.run(run, fold, metrics.epoch, JSON.stringify(metrics));
        if (fold === 0) curves.summarise(run);
      });
      changes.touch(run);
    },
    /** By fold, then epoch. */
    list(run: string): Epoch[] {
      return readRows('epochs', rowSchema, () => ofRun.all(run)).map(({ fold, metrics }) => ({ fold, metrics }));
    },
  };
}
