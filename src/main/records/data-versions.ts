import { z } from 'zod';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

/** What made a version. `found`: the dataset had changed by something else than a command or the page. */
export const dataVersionReasons = ['ingest', 'relabel', 'regroup', 'checkout', 'pull', 'found'] as const;
export type DataVersionReason = (typeof dataVersionReasons)[number];

const countsSchema = z.object({ images: z.int(), scans: z.int(), groups: z.int() });

/** Images that differ from the parent; one may count under several. */
export const dataChangesSchema = z.object({
  added: z.int(),
  removed: z.int(),
  /** The same file content under another name. */
  moved: z.int(),
  /** Other pixels under the same name. */
  replaced: z.int(),
  relabelled: z.int(),
  regrouped: z.int(),
  rescanned: z.int(),
});
export type DataChanges = z.infer<typeof dataChangesSchema>;

export const dataVersionSummarySchema = countsSchema.extend({
  classes: z.record(z.string(), countsSchema),
  /** Files of the folder and their bytes. */
  files: z.int(),
  bytes: z.int(),
  /** Against the parent; null for the first one, and where the parent's tables are lost. */
  changes: dataChangesSchema.nullable(),
  /** SHA-256 of manifest.csv, as runs note it. */
  manifest: z.string(),
  /** MD5 of the manifest as ingest made it, without hand edits: it is kept with the version. */
  generated: z.string().nullable(),
  /** The version that a checkout put back. */
  restored: z.int().nullable(),
});
export type DataVersionSummary = z.infer<typeof dataVersionSummarySchema>;

const rowSchema = z
  .object({
    version: z.int(),
    hash: z.string(),
    made_at: z.string(),
    reason: z.enum(dataVersionReasons),
    parent: z.int().nullable(),
    code_version: z.string(),
    summary: jsonColumn(dataVersionSummarySchema),
  })
  .transform(({ made_at, code_version, ...row }) => ({ ...row, madeAt: made_at, codeVersion: code_version }));
/** `hash`: MD5 of the folder `artifacts/dataset` as dvc.lock has it (`.dir` at its end). */
export type DataVersion = z.infer<typeof rowSchema>;
export type NewDataVersion = Omit<DataVersion, 'version' | 'madeAt' | 'parent'>;

export function dataVersionsTable({ db, now }: RecordsContext, audit: Audit) {
  const insert = db.prepare(`INSERT INTO data_versions (hash, made_at, reason, parent, code_version, summary)
    VALUES (@hash, @madeAt, @reason, @parent, @codeVersion, @summary)`);
  const byVersion = db.prepare('SELECT * FROM data_versions WHERE version = ?');
  const byHash = db.prepare('SELECT * FROM data_versions WHERE hash = ? ORDER BY version DESC LIMIT 1');
  const newest = db.prepare('SELECT * FROM data_versions ORDER BY version DESC LIMIT 1');
  const newestFirst = db.prepare('SELECT * FROM data_versions ORDER BY version DESC LIMIT ?');
  const read = (query: () => unknown): DataVersion | undefined => readRow('data_versions', rowSchema, query);

  return {
    /** Its parent is the newest one. @returns its number, from 1 */
    add({ summary, ...version }: NewDataVersion): number {
      return write(db, () => {
        const parent = read(() => newest.get())?.version ?? null;
        const row = { ...version, parent, madeAt: now().toISOString(), summary: JSON.stringify(summary) };
        const number = Number(insert.run(row).lastInsertRowid);
        const { images, scans, groups } = summary;
        const details = { reason: version.reason, hash: version.hash, images, scans, groups };
        audit.add('data/version', `data-${number}`, details);
        return number;
      });
    },
    find(version: number): DataVersion | undefined {
      return read(() => byVersion.get(version));
    },
    /** The newest one with this content. */
    ofHash(hash: string): DataVersion | undefined {
      return read(() => byHash.get(hash));
    },
    newest(): DataVersion | undefined {
      return read(() => newest.get());
    },
    /** Newest first. */
    list(limit = -1): DataVersion[] {
      return readRows('data_versions', rowSchema, () => newestFirst.all(limit));
    },
  };
}
