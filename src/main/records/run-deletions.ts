import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';
import type { Run, Runs } from './runs.ts';
import { write } from './write.ts';

const rowSchema = z
  .object({ id: z.string(), deleted_at: z.string(), deletion: z.string().nullable() })
  .transform(({ id, deleted_at, deletion }) => ({ id, deletedAt: deleted_at, undo: deletion }));
/** A run that is hidden until its files are gone. `undo`: takes it back; null once the files began to go. */
export type HiddenRun = z.infer<typeof rowSchema>;

/** Deletion in two steps: hidden at once, removed when nobody can want it back any more. */
export function runDeletionsTable({ db, now, changes }: RecordsContext, runs: Runs, audit: Audit) {
  const hide = db.prepare('UPDATE runs SET deleted_at = ?, deletion = ? WHERE id = ?');
  const ofToken = db.prepare('SELECT id FROM runs WHERE deletion = ? ORDER BY seq').pluck();
  const show = db.prepare('UPDATE runs SET deleted_at = NULL, deletion = NULL WHERE id = ?');
  const seal = db.prepare('UPDATE runs SET deletion = NULL WHERE id = ? AND deleted_at IS NOT NULL');
  const hidden = db.prepare('SELECT id, deleted_at, deletion FROM runs WHERE deleted_at IS NOT NULL ORDER BY seq');
  const ids = db.prepare('SELECT id FROM runs ORDER BY seq').pluck();

  return {
    /** Hides all of them or none. @throws HilumError `run/unknown`, `run/running` */
    hide(which: readonly string[], undo: string): void {
      for (const id of which) if (runs.get(id).outcome === 'running') throw new HilumError('run/running');
      write(db, () => {
        for (const id of which) {
          hide.run(now().toISOString(), undo, id);
          audit.add('run/hidden', id);
        }
      });
      for (const id of which) changes.touch(id);
    },
    /** @returns how many runs are back; 0: nothing can be taken back with this token (any more) */
    restore(undo: string): number {
      const which = ofToken.all(undo).map(String);
      write(db, () => {
        for (const id of which) {
          show.run(id);
          audit.add('run/restored', id);
        }
      });
      for (const id of which) changes.touch(id);
      return which.length;
    },
    /** From here on they cannot be taken back. Call before their files go. */
    seal(which: readonly string[]): void {
      write(db, () => {
        for (const id of which) seal.run(id);
      });
    },
    list: (): HiddenRun[] => readRows('runs', rowSchema, () => hidden.all()),
    /** Every run, hidden ones included. */
    everyRun: (): Run[] => runs.everyOne(),
    /** Ids of every run, hidden ones included: what belongs to none of them belongs to nobody. */
    everyId: (): string[] => ids.all().map(String),
  };
}
