import { z } from 'zod';
import type { EpochRow } from '../../pipeline/protocol.ts';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';

const rowSchema = z.object({
  run: z.string(),
  figure: z.string(),
  epochs: z.int(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  last: z.number().nullable(),
});
/** One figure over the epochs of a run's model (fold 0). */
export type EpochCourse = z.infer<typeof rowSchema>;

/** Summaries of the curves: thousands of runs are listed without reading their epochs. */
export function runCurvesTable({ db }: RecordsContext) {
  // From all epochs and not from the new one: an epoch that is trained again after a resume replaces its row.
  const summarise = db.prepare(`INSERT INTO run_curves (run, figure, epochs, lowest, highest, last)
    SELECT e.run, f.key, count(*), min(f.value), max(f.value),
      (SELECT l.metrics ->> f.key FROM epochs AS l WHERE l.run = e.run AND l.fold = 0 ORDER BY l.epoch DESC LIMIT 1)
    FROM epochs AS e, json_each(e.metrics) AS f
    WHERE e.run = ? AND e.fold = 0 AND f.key <> 'epoch'
    GROUP BY e.run, f.key
    ON CONFLICT (run, figure) DO UPDATE SET epochs = excluded.epochs, lowest = excluded.lowest,
      highest = excluded.highest, last = excluded.last`);
  const all = db.prepare('SELECT * FROM run_curves ORDER BY run, figure');
  const ofRun = db.prepare('SELECT * FROM run_curves WHERE run = ? ORDER BY figure');
  const ofFigure = db.prepare('SELECT * FROM run_curves WHERE figure = ? ORDER BY run');
  return {
    /** Only `epochs.add` calls this, in its transaction. */
    summarise: (run: string): void => {
      summarise.run(run);
    },
    /** Every figure of one run, or of all runs. */
    list: (run?: string): EpochCourse[] =>
      readRows('run_curves', rowSchema, () => (run === undefined ? all.all() : ofRun.all(run))),
    /** Lowest, highest and last value of a figure in every run that has epochs. */
    ofFigure: (figure: Exclude<keyof EpochRow, 'epoch'>): EpochCourse[] =>
      readRows('run_curves', rowSchema, () => ofFigure.all(figure)),
  };
}
export type RunCurves = ReturnType<typeof runCurvesTable>;
