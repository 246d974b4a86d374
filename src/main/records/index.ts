import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Lock } from '../workspace/lock.ts';
import { artefactsTable } from './artefacts.ts';
import { auditTable } from './audit.ts';
import { backUp, backupsOf } from './backup.ts';
import { batchItemsTable } from './batch-items.ts';
import { batchQueries } from './batch-queries.ts';
import { batchRowsTable } from './batch-rows.ts';
import { batchesTable } from './batches.ts';
import { connect } from './connect.ts';
import type { RecordsContext } from './context.ts';
import { dataVersionsTable } from './data-versions.ts';
import { epochsTable } from './epochs.ts';
import { findingsTable } from './findings.ts';
import { modelAnnotations } from './model-annotations.ts';
import { modelTagsTable } from './model-tags.ts';
import { modelVersionsTable } from './model-versions.ts';
import { promotionsTable } from './promotions.ts';
import { reclaimer } from './reclaim.ts';
import { reviewsTable } from './reviews.ts';
import { runAnnotations } from './run-annotations.ts';
import { runChanges } from './run-changes.ts';
import { runCurvesTable } from './run-curves.ts';
import { runDeletionsTable } from './run-deletions.ts';
import { runMetricsTable } from './run-metrics.ts';
import { runTagsTable } from './run-tags.ts';
import { runsTable } from './runs.ts';
import { trackingLinksTable } from './tracking-links.ts';
import { write } from './write.ts';

export interface RecordsOptions {
  /** Given by the process that writes in the workspace: what an earlier one left running is then marked interrupted. */
  readonly lock?: Lock | undefined;
  readonly now?: (() => Date) | undefined;
  readonly newId?: (() => string) | undefined;
}

const dayMs = 24 * 3600 * 1000;

/**
 * Opens the records of a workspace (`.hilum/hilum.db`). Every write is on the disk when its function returns.
 * @throws HilumError `workspace/unsafe-disk`, `records/old-engine`, `records/newer`, `records/corrupt`,
 * `config/not-writable`, `disk/full`
 */
export function openRecords(path: string, options: RecordsOptions = {}) {
  const now = options.now ?? (() => new Date());
  const db = connect(path, options.lock, now());
  const newId = options.newId ?? (() => randomBytes(6).toString('hex'));
  const changes = runChanges();
  const context: RecordsContext = { db, now, newId, changes };
  const audit = auditTable(context);
  const runs = runsTable(context, audit);
  const runTags = runTagsTable(context);
  const runCurves = runCurvesTable(context);
  const batchRows = batchRowsTable(context);
  const modelVersions = modelVersionsTable(context, audit);
  const modelTags = modelTagsTable(context);
  const records = {
    runs,
    runTags,
    annotateRun: runAnnotations(context, runs, runTags, audit),
    runDeletions: runDeletionsTable(context, runs, audit),
    runChanges: changes,
    runCurves,
    epochs: epochsTable(context, runCurves),
    runMetrics: runMetricsTable(context),
    artefacts: artefactsTable(context),
    trackingLinks: trackingLinksTable(context),
    batches: batchesTable(context, audit),
    batchItems: batchItemsTable(context, batchRows),
    batchRows,
    batchQueries: batchQueries(context),
    reviews: reviewsTable(context, audit),
    findings: findingsTable(context),
    modelVersions,
    modelTags,
    annotateModel: modelAnnotations(context, modelVersions, modelTags, audit),
    promotions: promotionsTable(context, modelVersions, audit),
    dataVersions: dataVersionsTable(context, audit),
    audit,
    /** Version of SQLite. */
    engine: String(db.prepare('SELECT sqlite_version()').pluck().get()),
    /** Writes of several tables that are kept together or not at all. */
    together: <T>(work: () => T): T => write(db, work),
    reclaim: reclaimer(db),
    /** False once it was closed: what was put off must not be done any more. */
    get isOpen(): boolean {
      return db.open;
    },
    /** Closes the file; the process that holds the lock leaves a verified backup a day. */
    close(): void {
      try {
        if (db.open && options.lock !== undefined && backupIsOld(path, now())) backUp(db, path);
      } finally {
        db.close();
      }
    },
  };
  if (options.lock !== undefined) {
    records.runs.interruptRunning();
    records.batches.interruptRunning();
  }
  return records;
}
export type Records = ReturnType<typeof openRecords>;

function backupIsOld(path: string, now: Date): boolean {
  const newest = backupsOf(path).at(-1);
  return newest === undefined || now.getTime() - statSync(newest).mtimeMs > dayMs;
}
