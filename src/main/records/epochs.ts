import { z } from 'zod';
import { type EpochRow, epochMetricsSchema } from '../../pipeline/protocol.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({ fold: z.int(), epoch: z.int(), metrics: jsonColumn(epochMetricsSchema) });

/** An epoch of a run; fold 0 is the model itself, 1..k are the folds of cross-validation. */
export interface Epoch {
  readonly fold: number;
  readonly metrics: EpochRow;
}

const courseSchema = z.object({
  run: z.string(),
  epochs: z.int(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  last: z.number().nullable(),
});
/** One figure over the epochs of a run's model (fold 0). */
export type EpochCourse = z.infer<typeof courseSchema>;

export function epochsTable({ db }: RecordsContext) {
  // A resumed run may train an epoch again whose row was stored before its checkpoint: the row then stands for the weights that exist.
  const put = db.prepare(`INSERT INTO epochs (run, fold, epoch, metrics) VALUES (?, ?, ?, ?)
    ON CONFLICT (run, fold, epoch) DO UPDATE SET metrics = excluded.metrics`);
  const ofRun = db.prepare('SELECT fold, epoch, metrics FROM epochs WHERE run = ? ORDER BY fold, epoch');
  // SQLite picks the values out of the JSON: thousands of runs are listed without parsing every epoch.
  const courses = db.prepare(`WITH figures AS
      (SELECT run, epoch, metrics ->> @figure AS value FROM epochs WHERE fold = 0 AND (@run IS NULL OR run = @run))
    SELECT run, count(*) AS epochs, min(value) AS lowest, max(value) AS highest,
      (SELECT metrics ->> @figure FROM epochs AS e WHERE e.run = figures.run AND fold = 0 ORDER BY epoch DESC LIMIT 1) AS last
    FROM figures GROUP BY run ORDER BY run`);
  return {
    /** Stores one epoch once, however often it is added. */
    add(run: string, fold: number, metrics: EpochRow): void {
      write(db, () => put.run(run, fold, metrics.epoch, JSON.stringify(metrics)));
    },
    /** By fold, then epoch. */
    list(run: string): Epoch[] {
      return readRows('epochs', rowSchema, () => ofRun.all(run)).map(({ fold, metrics }) => ({ fold, metrics }));
    },
    /** Lowest, highest and last value of a figure, of one run or of every run that has epochs. */
    courses(figure: keyof EpochRow, run?: string): EpochCourse[] {
      return readRows('epochs', courseSchema, () => courses.all({ figure, run: run ?? null }));
    },
  };
}
