import type Database from 'better-sqlite3';

/** What every table of the records is given. */
export interface RecordsContext {
  readonly db: Database.Database;
  /** Wall clock, for display only: order comes from sequence numbers. */
  now(): Date;
  /** New id of a run or batch. */
  newId(): string;
}
