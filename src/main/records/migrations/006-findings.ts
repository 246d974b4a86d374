/** What examinations of data and models found: each one kept, none changed. */
export const statements: readonly string[] = [
  `CREATE TABLE findings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    made_at TEXT NOT NULL,
    code_version TEXT NOT NULL,
    dataset_hash TEXT,
    settings TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX findings_by_kind ON findings (kind, subject, seq)',
  // Of a run: the sweep or validation that it belongs to.
  'ALTER TABLE runs ADD COLUMN parent TEXT',
];
