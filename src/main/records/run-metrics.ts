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

export function runMetricsTable({ db }: RecordsContext) {
  const put = db.prepare(`INSERT INTO run_metrics (run, name, value, low, high) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (run, name) DO UPDATE SET value = excluded.value, low = excluded.low, high = excluded.high`);
  const ofRun = db.prepare('SELECT * FROM run_metrics WHERE run = ? ORDER BY name');
  const all = db.prepare('SELECT * FROM run_metrics ORDER BY run, name');
  const ofName = db.prepare('SELECT * FROM run_metrics WHERE name = ? ORDER BY run');
  const names = db.prepare('SELECT DISTINCT name FROM run_metrics ORDER BY name').pluck();
  return {
    /** Stores figures of a run by name, for example `scan/balanced_accuracy`; one transaction. */
    set(run: string, metrics: Readonly<Record<string, Estimate>>): void {
      write(db, () => {
        for (const [name, { value, low, high }] of Object.entries(metrics)) put.run(run, name, value, low, high);
      });
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
