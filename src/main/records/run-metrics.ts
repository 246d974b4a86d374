import { z } from 'zod';
import type { Estimate } from '../../pipeline/domain/metrics.ts';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({
  run: z.string(),
  name: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type RunMetric = z.infer<typeof rowSchema>;

export function runMetricsTable({ db, changes }: RecordsContext) {
  const put = db.prepare(`INSERT INTO run_metrics (run, name, value, low, high) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (run, name) DO UPDATE SET value = excluded.value, low = excluded.low, high = excluded.high`);
  const ofRun = db.prepare('SELECT * FROM run_metrics WHERE run = ? ORDER BY name');
  const all = db.prepare('SELECT * FROM run_metrics ORDER BY run, name');
  const ofName = db.prepare('SELECT * FROM run_metrics WHERE name = ? ORDER BY run');
  // One step in the index for each name, not one for each row; names that only hidden runs have are left out.
  const names = db
    .prepare(`WITH RECURSIVE found (name) AS (SELECT min(name) FROM run_metrics UNION ALL
      SELECT (SELECT min(name) FROM run_metrics WHERE name > found.name) FROM found WHERE found.name IS NOT NULL)
    SELECT name FROM found WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM run_metrics AS m
      JOIN runs ON runs.id = m.run WHERE m.name = found.name AND runs.deleted_at IS NULL) ORDER BY name`)
    .pluck();
  return {
    /** Stores figures of a run by name, for example `scan/balanced_accuracy`; one transaction. */
    set(run: string, metrics: Readonly<Record<string, Estimate>>): void {
      write(db, () => {
        for (const [name, { value, low, high }] of Object.entries(metrics)) put.run(run, name, value, low, high);
      });
      changes.touch(run);
    },
    /** Figures of one run by name, or of all runs. */
    list(run?: string): RunMetric[] {
      return readRows('run_metrics', rowSchema, () => (run === undefined ? all.all() : ofRun.all(run)));
    },
    /** One figure of every run that has it. */
    named(name: string): RunMetric[] {
      return readRows('run_metrics', rowSchema, () => ofName.all(name));
    },
    /** Names of all figures that any run has. */
    names: (): string[] => names.all().map(String),
  };
}
