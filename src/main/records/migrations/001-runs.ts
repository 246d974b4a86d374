/** Runs with what they were made of and what they found. */
export const statements: readonly string[] = [
  `CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT NOT NULL,
    params TEXT NOT NULL,
    dataset_hash TEXT,
    split_hash TEXT,
    contract_hash TEXT,
    backbone_hash TEXT,
    code_version TEXT NOT NULL,
    environment TEXT NOT NULL,
    leaky INTEGER NOT NULL,
    notes TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE epochs (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (run, fold, epoch)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE run_metrics (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE artefacts (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run, path)
  ) STRICT, WITHOUT ROWID`,
];
