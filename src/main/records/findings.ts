import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

/** Examinations that are recorded; one word each, as in `hilum` commands where there is one. */
export const findingKinds = [
  'validation',
  'leak-meter',
  'shortcuts',
  'suspects',
  'duel',
  'trust',
  'sweep',
  'verification',
] as const;
export type FindingKind = (typeof findingKinds)[number];

const json = z.record(z.string(), z.unknown());

const rowSchema = z
  .object({
    id: z.string(),
    kind: z.enum(findingKinds),
    subject: z.string(),
    made_at: z.string(),
    code_version: z.string(),
    dataset_hash: z.string().nullable(),
    settings: jsonColumn(json),
    result: jsonColumn(json),
  })
  .transform(({ made_at, code_version, dataset_hash, ...row }) => ({
    ...row,
    madeAt: made_at,
    codeVersion: code_version,
    datasetHash: dataset_hash,
  }));
/** `subject`: run, seal of a model, or `dataset`. The result's shape belongs to the kind; whoever reads it checks it. */
export type Finding = z.infer<typeof rowSchema>;
export type NewFinding = Omit<Finding, 'id' | 'madeAt'>;

export interface FindingFilter {
  readonly kind: FindingKind;
  readonly subject?: string | undefined;
  readonly limit?: number | undefined;
}

export function findingsTable({ db, now, newId }: RecordsContext) {
  const insert =
    db.prepare(`INSERT INTO findings (id, kind, subject, made_at, code_version, dataset_hash, settings, result)
    VALUES (@id, @kind, @subject, @madeAt, @codeVersion, @datasetHash, @settings, @result)`);
  const byId = db.prepare('SELECT * FROM findings WHERE id = ?');
  const newestFirst = db.prepare(
    'SELECT * FROM findings WHERE kind = @kind AND (@subject IS NULL OR subject = @subject) ORDER BY seq DESC LIMIT @limit',
  );
  return {
    /** @returns its id */
    add(finding: NewFinding): string {
      const id = newId();
      write(db, () => {
        const { settings, result, ...columns } = finding;
        insert.run({
          ...columns,
          id,
          madeAt: now().toISOString(),
          settings: JSON.stringify(settings),
          result: JSON.stringify(result),
        });
      });
      return id;
    },
    /** @throws HilumError `finding/unknown` */
    get(id: string): Finding {
      const found = readRow('findings', rowSchema, () => byId.get(id));
      if (found === undefined) throw new HilumError('finding/unknown', { finding: id });
      return found;
    },
    /** Newest first. */
    list({ kind, subject = undefined, limit = -1 }: FindingFilter): Finding[] {
      return readRows('findings', rowSchema, () => newestFirst.all({ kind, subject: subject ?? null, limit }));
    },
  };
}
