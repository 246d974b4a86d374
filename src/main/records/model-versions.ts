import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { versionName } from '../../pipeline/domain/registry.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import { readRow, readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z
  .object({
    version: z.int(),
    seal: z.string(),
    registered_at: z.string(),
    run: z.string().nullable(),
    notes: z.string(),
  })
  .transform(({ registered_at, ...row }) => ({ ...row, registeredAt: registered_at }));
/** A sealed model in the registry of the workspace. Its number stays when its files are deleted, and is never given again. */
export type ModelVersion = z.infer<typeof rowSchema>;

export function modelVersionsTable({ db, now }: RecordsContext, audit: Audit) {
  const insert = db.prepare(
    "INSERT INTO model_versions (seal, registered_at, run, notes) VALUES (@seal, @registeredAt, @run, '')",
  );
  const note = db.prepare('UPDATE model_versions SET notes = ? WHERE version = ?');
  const bySeal = db.prepare('SELECT * FROM model_versions WHERE seal = ?');
  const byVersion = db.prepare('SELECT * FROM model_versions WHERE version = ?');
  const newestFirst = db.prepare('SELECT * FROM model_versions ORDER BY version DESC');

  const table = {
    /** The version of this seal, a new one where it has none. @param run that sealed it; null: it came from elsewhere */
    register(seal: string, run: string | null): ModelVersion {
      return write(db, () => {
        const known = table.ofSeal(seal);
        if (known !== undefined) return known;
        const { lastInsertRowid } = insert.run({ seal, run, registeredAt: now().toISOString() });
        const version = Number(lastInsertRowid);
        audit.add('model/registered', seal, { version, run });
        return table.get(version);
      });
    },
    /** In this order, all or none. */
    registerAll(models: readonly { readonly seal: string; readonly run: string | null }[]): void {
      write(db, () => {
        for (const { seal, run } of models) table.register(seal, run);
      });
    },
    ofSeal: (seal: string): ModelVersion | undefined => readRow('model_versions', rowSchema, () => bySeal.get(seal)),
    /** @throws HilumError `registry/unknown-version` */
    get(version: number): ModelVersion {
      const found = readRow('model_versions', rowSchema, () => byVersion.get(version));
      if (found === undefined) throw new HilumError('registry/unknown-version', { version: versionName(version) });
      return found;
    },
    /** Newest first. */
    list: (): ModelVersion[] => readRows('model_versions', rowSchema, () => newestFirst.all()),
    /** @param change.before what the writer saw; left out: whatever stands there. @throws HilumError `registry/changed` */
    note(version: number, change: { readonly before?: string | undefined; readonly after: string }): void {
      write(db, () => {
        const { notes } = table.get(version);
        if (change.before !== undefined && change.before !== notes) throw new HilumError('registry/changed');
        note.run(change.after, version);
      });
    },
  };
  return table;
}
export type ModelVersions = ReturnType<typeof modelVersionsTable>;
