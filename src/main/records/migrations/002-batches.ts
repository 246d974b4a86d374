/** Batches: the list of files, fixed at the start, and the rows that each file ended with. */
export const statements: readonly string[] = [
  `CREATE TABLE batches (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL,
    model_seal TEXT NOT NULL,
    model_name TEXT NOT NULL,
    classes TEXT NOT NULL,
    options TEXT NOT NULL,
    files INTEGER,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE batch_items (
    batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    item INTEGER NOT NULL,
    file TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    sha256 TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'done')),
    PRIMARY KEY (batch, item)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE batch_rows (
    batch TEXT NOT NULL,
    item INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    image TEXT NOT NULL,
    scan TEXT NOT NULL,
    group_id TEXT NOT NULL,
    state TEXT NOT NULL,
    predicted INTEGER,
    probabilities TEXT NOT NULL,
    code TEXT,
    facts TEXT NOT NULL,
    PRIMARY KEY (batch, item, frame),
    FOREIGN KEY (batch, item) REFERENCES batch_items (batch, item) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX batch_rows_by_scan ON batch_rows (batch, scan, item, frame)',
];
