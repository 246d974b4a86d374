/**
 * What people put on runs (tags, a pin), runs that are deleted but can be taken back, and what the table of all runs is
 * read from without touching every epoch.
 */
export const statements: readonly string[] = [
  'ALTER TABLE runs ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE runs ADD COLUMN deleted_at TEXT',
  // Token that takes the deletion back; NULL once the files began to go.
  'ALTER TABLE runs ADD COLUMN deletion TEXT',
  `CREATE TABLE run_tags (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (run, tag)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE run_curves (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    figure TEXT NOT NULL,
    epochs INTEGER NOT NULL,
    lowest REAL,
    highest REAL,
    last REAL,
    PRIMARY KEY (run, figure)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX run_metrics_by_name ON run_metrics (name, run, value, low, high)',
  `INSERT INTO run_curves (run, figure, epochs, lowest, highest, last)
    SELECT e.run, f.key, count(*), min(f.value), max(f.value),
      (SELECT l.metrics ->> f.key FROM epochs AS l WHERE l.run = e.run AND l.fold = 0 AND json_valid(l.metrics)
        ORDER BY l.epoch DESC LIMIT 1)
    FROM epochs AS e, json_each(CASE WHEN json_valid(e.metrics) THEN e.metrics ELSE '{}' END) AS f
    WHERE e.fold = 0 AND f.key <> 'epoch' AND f.type IN ('integer', 'real', 'null')
    GROUP BY e.run, f.key`,
];
