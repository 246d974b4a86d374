import type Database from 'better-sqlite3';
import type { RunChanges } from './run-changes.ts';

/** What every table of the records is given. */
export interface RecordsContext {
  readonly db: Database.Database;
  /** Wall clock, for display only: order comes from sequence numbers. */
  now(): Date;
  /** New id of a run or batch. */
  newId(): string;
  /** Told of each write to a run. */
  readonly changes: RunChanges;
}
