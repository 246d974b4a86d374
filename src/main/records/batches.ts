import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Outcome, outcomes } from '../../pipeline/domain/outcome.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z
  .object({
    seq: z.int(),
    id: z.string(),
    folder: z.string(),
    model_seal: z.string(),
    model_name: z.string(),
    classes: jsonColumn(z.array(z.string())),
    options: jsonColumn(z.record(z.string(), z.unknown())),
    files: z.int().nullable(),
    started_at: z.string(),
    ended_at: z.string().nullable(),
    outcome: z.enum(['running', ...outcomes]),
  })
  .transform((row) => ({
    seq: row.seq,
    id: row.id,
    folder: row.folder,
    modelSeal: row.model_seal,
    modelName: row.model_name,
    classes: row.classes,
    options: row.options,
    /** Files of the list; null while the list is being made, and for ever when that was cut. */
    files: row.files,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
  }));
export type Batch = z.infer<typeof rowSchema>;

export interface NewBatch {
  readonly folder: string;
  /** Root hash of the sealed model: a batch is resumed with this model or not at all. */
  readonly modelSeal: string;
  readonly modelName: string;
  /** Class names in the order of the network's outputs. */
  readonly classes: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export function batchesTable({ db, now, newId }: RecordsContext, audit: Audit) {
  const insert =
    db.prepare(`INSERT INTO batches (id, folder, model_seal, model_name, classes, options, started_at, outcome)
    VALUES (@id, @folder, @modelSeal, @modelName, @classes, @options, @startedAt, 'running')`);
  const fix = db.prepare(
    'UPDATE batches SET files = (SELECT count(*) FROM batch_items WHERE batch = @id) WHERE id = @id',
  );
  const end = db.prepare("UPDATE batches SET outcome = ?, ended_at = ? WHERE id = ? AND outcome = 'running'");
  const restart = db.prepare("UPDATE batches SET outcome = 'running', ended_at = NULL WHERE id = ?");
  const byId = db.prepare('SELECT * FROM batches WHERE id = ?');
  const newestFirst = db.prepare('SELECT * FROM batches ORDER BY seq DESC');
  // Parts first: cascading row by row takes many times as long.
  const removals = [
    db.prepare('DELETE FROM reviews WHERE batch = ?'),
    db.prepare('DELETE FROM batch_rows WHERE batch = ?'),
    db.prepare('DELETE FROM batch_items WHERE batch = ?'),
    db.prepare('DELETE FROM batches WHERE id = ?'),
  ];
  const running = db.prepare("SELECT id FROM batches WHERE outcome = 'running' ORDER BY seq").pluck();

  const get = (id: string): Batch => {
    const batch = readRow('batches', rowSchema, () => byId.get(id));
    if (batch === undefined) throw new HilumError('batch/unknown', { batch: id });
    return batch;
  };
  /** Ends a batch; the first outcome wins, a later one changes nothing. */
  const finish = (id: string, outcome: Outcome): void =>
    write(db, () => {
      const ended = end.run(outcome, now().toISOString(), id).changes === 1;
      if (ended) audit.add('batch/ended', id, { outcome });
    });

  return {
    create(batch: NewBatch): string {
      const id = newId();
      const { folder, modelSeal, modelName } = batch;
      write(db, () => {
        const classes = JSON.stringify(batch.classes);
        const options = JSON.stringify(batch.options);
        insert.run({ id, folder, modelSeal, modelName, classes, options, startedAt: now().toISOString() });
        audit.add('batch/started', id, { model: modelSeal });
      });
      return id;
    },
    /** Says that the list of files is whole; from here on the batch can be worked on and resumed. */
    fixList(id: string): void {
      write(db, () => fix.run({ id }));
    },
    /** Takes up a batch that was cancelled, failed or interrupted. @throws HilumError `batch/unknown` */
    resume(id: string): void {
      if (get(id).outcome === 'running') return;
      write(db, () => {
        restart.run(id);
        audit.add('batch/resumed', id);
      });
    },
    finish,
    /** @throws HilumError `batch/unknown` */
    get,
    /** Newest first. */
    list: (): Batch[] => readRows('batches', rowSchema, () => newestFirst.all()),
    /** Removes a batch with its rows and reviews. @throws HilumError `batch/unknown` */
    delete(id: string): void {
      get(id);
      write(db, () => {
        for (const remove of removals) remove.run(id);
        audit.add('batch/deleted', id);
      });
    },
    /** Batches whose process died: nobody else can be running while the caller holds the lock. */
    interruptRunning(): void {
      for (const id of running.all().map(String)) finish(id, 'interrupted');
    },
  };
}
