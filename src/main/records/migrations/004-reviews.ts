/**
 * What readers said of images, append-only: a decision that was taken back stays, and a row of its own says so. For pages of
 * a batch in any order: the probability of the answer beside the row, the review that counts, and one index that covers both.
 */
export const statements: readonly string[] = [
  `CREATE TABLE reviews (
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
  ) STRICT`,
  'CREATE INDEX reviews_by_image ON reviews (batch, item, frame)',
  'CREATE INDEX reviews_by_withdrawn ON reviews (withdraws) WHERE withdraws IS NOT NULL',
  `CREATE TRIGGER reviews_are_not_edited BEFORE UPDATE ON reviews
    BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END`,
  'ALTER TABLE batch_rows ADD COLUMN probability REAL',
  'ALTER TABLE batch_rows ADD COLUMN review INTEGER',
  `UPDATE batch_rows SET probability = json_extract(probabilities, '$[' || predicted || ']') WHERE predicted IS NOT NULL`,
  `CREATE INDEX batch_rows_by_answer
    ON batch_rows (batch, state, predicted, probability, review, item, frame)`,
];
