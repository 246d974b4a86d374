/**
 * What ties a study to the world: versions of the data, the registry of models with every promotion, what tracking servers
 * were sent, and where a run came from. Data versions and promotions are append-only: each row stays what it was.
 */
export const statements: readonly string[] = [
  `CREATE TABLE data_versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL,
    made_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    parent INTEGER REFERENCES data_versions (version),
    code_version TEXT NOT NULL,
    summary TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX data_versions_by_hash ON data_versions (hash)',
  `CREATE TRIGGER data_versions_are_not_edited BEFORE UPDATE ON data_versions
    BEGIN SELECT RAISE(ABORT, 'data versions are append-only'); END`,
  `CREATE TABLE model_versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    seal TEXT NOT NULL UNIQUE,
    registered_at TEXT NOT NULL,
    run TEXT,
    notes TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE model_tags (
    version INTEGER NOT NULL REFERENCES model_versions (version) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (version, tag)
  ) STRICT, WITHOUT ROWID`,
  // The newest row of an alias says which version it stands at; NULL: at none.
  `CREATE TABLE promotions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    alias TEXT NOT NULL CHECK (alias IN ('champion', 'challenger')),
    version INTEGER REFERENCES model_versions (version),
    previous INTEGER REFERENCES model_versions (version),
    deed TEXT NOT NULL CHECK (deed IN ('promote', 'rollback', 'clear')),
    gates TEXT NOT NULL,
    override TEXT,
    reader TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX promotions_by_alias ON promotions (alias, seq)',
  `CREATE TRIGGER promotions_are_not_edited BEFORE UPDATE ON promotions
    BEGIN SELECT RAISE(ABORT, 'promotions are append-only'); END`,
  `CREATE TRIGGER promotions_are_not_deleted BEFORE DELETE ON promotions
    BEGIN SELECT RAISE(ABORT, 'promotions are append-only'); END`,
  // Of each tracking server: which of its runs is ours, and what it has of it already.
  `CREATE TABLE tracking_links (
    server TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    remote_run TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (server, run)
  ) STRICT, WITHOUT ROWID`,
  // NULL: made here. JSON: the bundle or tracking server that it came from.
  'ALTER TABLE runs ADD COLUMN origin TEXT',
  // MD5 of the dataset's folder as dvc.lock has it.
  'ALTER TABLE runs ADD COLUMN data_version TEXT',
];
