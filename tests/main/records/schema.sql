CREATE TABLE artefacts (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run, path)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TABLE batch_items (
    batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    item INTEGER NOT NULL,
    file TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    sha256 TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'done')),
    PRIMARY KEY (batch, item)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE batch_rows (
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
    facts TEXT NOT NULL, probability REAL, review INTEGER,
    PRIMARY KEY (batch, item, frame),
    FOREIGN KEY (batch, item) REFERENCES batch_items (batch, item) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
CREATE INDEX batch_rows_by_answer
    ON batch_rows (batch, state, predicted, probability, review, item, frame);
CREATE INDEX batch_rows_by_scan ON batch_rows (batch, scan, item, frame);
CREATE TABLE batches (
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
  ) STRICT;
CREATE TABLE data_versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL,
    made_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    parent INTEGER REFERENCES data_versions (version),
    code_version TEXT NOT NULL,
    summary TEXT NOT NULL
  ) STRICT;
CREATE TRIGGER data_versions_are_not_edited BEFORE UPDATE ON data_versions
    BEGIN SELECT RAISE(ABORT, 'data versions are append-only'); END;
CREATE INDEX data_versions_by_hash ON data_versions (hash);
CREATE TABLE epochs (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    fold INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (run, fold, epoch)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE findings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    made_at TEXT NOT NULL,
    code_version TEXT NOT NULL,
    dataset_hash TEXT,
    settings TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;
CREATE INDEX findings_by_kind ON findings (kind, subject, seq);
CREATE TABLE model_tags (
    version INTEGER NOT NULL REFERENCES model_versions (version) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (version, tag)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE model_versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    seal TEXT NOT NULL UNIQUE,
    registered_at TEXT NOT NULL,
    run TEXT,
    notes TEXT NOT NULL
  ) STRICT;
CREATE TABLE promotions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    alias TEXT NOT NULL CHECK (alias IN ('champion', 'challenger')),
    version INTEGER REFERENCES model_versions (version),
    previous INTEGER REFERENCES model_versions (version),
    deed TEXT NOT NULL CHECK (deed IN ('promote', 'rollback', 'clear')),
    gates TEXT NOT NULL,
    override TEXT,
    reader TEXT NOT NULL
  ) STRICT;
CREATE TRIGGER promotions_are_not_deleted BEFORE DELETE ON promotions
    BEGIN SELECT RAISE(ABORT, 'promotions are append-only'); END;
CREATE TRIGGER promotions_are_not_edited BEFORE UPDATE ON promotions
    BEGIN SELECT RAISE(ABORT, 'promotions are append-only'); END;
CREATE INDEX promotions_by_alias ON promotions (alias, seq);
CREATE TABLE reviews (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    batch TEXT NOT NULL,
    item INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accept', 'correct', 'refuse', 'withdraw')),
    class TEXT,
    reader TEXT NOT NULL,
    at TEXT NOT NULL,
    model_seal TEXT NOT NULL,
    withdraws INTEGER REFERENCES reviews (seq),
    FOREIGN KEY (batch, item, frame) REFERENCES batch_rows (batch, item, frame) ON DELETE CASCADE
  ) STRICT;
CREATE TRIGGER reviews_are_not_edited BEFORE UPDATE ON reviews
    BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END;
CREATE INDEX reviews_by_image ON reviews (batch, item, frame);
CREATE INDEX reviews_by_withdrawn ON reviews (withdraws) WHERE withdraws IS NOT NULL;
CREATE TABLE run_curves (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    figure TEXT NOT NULL,
    epochs INTEGER NOT NULL,
    lowest REAL,
    highest REAL,
    last REAL,
    PRIMARY KEY (run, figure)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE run_metrics (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX run_metrics_by_name ON run_metrics (name, run, value, low, high);
CREATE TABLE run_tags (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (run, tag)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
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
  , pinned INTEGER NOT NULL DEFAULT 0, deleted_at TEXT, deletion TEXT, parent TEXT, origin TEXT, data_version TEXT) STRICT;
CREATE TABLE tracking_links (
    server TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    remote_run TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (server, run)
  ) STRICT, WITHOUT ROWID;
