import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Records } from '../../../src/main/records/index.ts';
import { migrate } from '../../../src/main/records/migrate.ts';
import { migrations } from '../../../src/main/records/migrations/index.ts';
import { listedBatch, temporaryFolder, testRecords } from '../../helpers/records.ts';

function answered(records: Records): string {
  const batch = listedBatch(records, 2);
  const row = { frame: 0, scan: '', group: '', state: 'answered', predicted: 1, code: null, facts: {} } as const;
  const results = [1, 2].map((item) => ({
    item,
    sha256: null,
    rows: [{ ...row, image: `${item}.png`, probabilities: [0.25, 0.75] }],
  }));
  records.batchItems.complete(batch, results);
  return batch;
}

const decisions = (records: Records, batch: string): string[] =>
  [...records.reviews.trail(batch)].map(({ decision, reader }) => `${reader} ${decision}`);

describe('reviews', () => {
  it('count from the newest that was not taken back, and are all kept', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const batch = answered(records);
    const image = { batch, item: 1, frame: 0 };
    const { reviews, batchQueries } = records;
    reviews.add({ ...image, decision: 'accept', class: 'Normal', reader: 'A' });
    reviews.add({ ...image, decision: 'correct', class: 'Cyst', reader: 'B' });
    reviews.add({ ...image, decision: 'refuse', class: null, reader: 'A' });
    expect(batchQueries.row(image)?.review).toMatchObject({
      decision: 'refuse',
      reader: 'A',
      at: '2026-01-01T00:00:00.000Z',
    });
    expect(reviews.withdraw(image, 'A')).toMatchObject({ decision: 'correct', reader: 'B' });
    expect(reviews.withdraw(image, 'A')).toMatchObject({ decision: 'correct', reader: 'B' });
    expect(reviews.withdraw(image, 'B')).toBeNull();
    expect(reviews.withdraw(image, 'C')).toBeNull();
    expect(batchQueries.row(image)?.review).toBeNull();
    const kept = ['A accept', 'B correct', 'A refuse', 'A withdraw', 'A withdraw', 'B withdraw'];
    expect(decisions(records, batch)).toEqual(kept);
    expect([...reviews.trail(batch)][0]).toMatchObject({ model_seal: 'a'.repeat(64), image: '1.png', predicted: 1 });
    expect(batchQueries.states(batch)).toEqual({ states: { answered: 2, review: 0, refused: 0 }, reviewed: 0 });
  });

  it('are noted in the audit trail by numbers only', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const batch = answered(records);
    records.reviews.add({ batch, item: 1, frame: 0, decision: 'accept', class: 'Cyst', reader: 'Dr. SECRET' });
    records.reviews.withdraw({ batch, item: 1, frame: 0 }, 'Dr. SECRET');
    records.batches.delete(batch);
    const trail = records.audit.list(0, 100).map(({ action, subject, details }) => [action, subject, details]);
    expect(trail.slice(-3)).toEqual([
      ['review/added', batch, '{"frame":0,"item":1,"review":1}'],
      ['review/withdrawn', batch, '{"frame":0,"item":1,"review":1}'],
      ['batch/deleted', batch, '{}'],
    ]);
    expect(JSON.stringify(trail)).not.toContain('SECRET');
    expect(records.audit.verify()).toMatchObject({ ok: true });
  });

  it('cannot be edited, nor be said of an image that is not there', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const records = testRecords(path);
    const batch = answered(records);
    const review = { batch, frame: 0, decision: 'accept', class: null, reader: 'A' } as const;
    records.reviews.add({ ...review, item: 2 });
    expect(() => records.reviews.add({ ...review, item: 3 })).toThrow('review/no-image');
    expect(() => records.reviews.withdraw({ batch, item: 3, frame: 0 }, 'A')).toThrow('review/no-image');
    records.close();
    const db = new Database(path);
    expect(() => db.exec("UPDATE reviews SET reader = 'B'")).toThrow('append-only');
    expect(() =>
      db.exec(
        "INSERT INTO reviews (batch, item, frame, decision, reader, at, model_seal) VALUES ('x', 1, 0, 'guess', 'A', '', '')",
      ),
    ).toThrow('CHECK');
    db.close();
  });

  it('go with their batch, those of others stay', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const [gone, kept] = [answered(records), answered(records)];
    for (const batch of [gone, kept]) {
      records.reviews.add({ batch, item: 1, frame: 0, decision: 'accept', class: null, reader: 'A' });
      records.reviews.withdraw({ batch, item: 1, frame: 0 }, 'A');
    }
    records.batches.delete(gone);
    expect(decisions(records, gone)).toEqual([]);
    expect(decisions(records, kept)).toEqual(['A accept', 'A withdraw']);
    expect(() => records.batches.delete(gone)).toThrow('batch/unknown');
  });

  it('[E12] come to records of before, whose rows get the probability of their answer', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const db = new Database(path);
    migrate(db, path, migrations.slice(0, 3));
    db.exec(`INSERT INTO batches (id, folder, model_seal, model_name, classes, options, files, started_at, outcome)
        VALUES ('b', '/scans', 'm', 'demo', '["Cyst","Normal"]', '{}', 2, '', 'completed');
      INSERT INTO batch_items VALUES ('b', 1, '1.png', '/scans/1.png', 1, 1, NULL, 'done'), ('b', 2, '2.png', '/scans/2.png', 1, 1, NULL, 'done');
      INSERT INTO batch_rows VALUES ('b', 1, 0, '1.png', '', '', 'answered', 1, '[0.25,0.75]', NULL, '{}'),
        ('b', 2, 0, '2.png', '', '', 'refused', NULL, '[]', 'image/empty', '{}')`);
    db.close();
    const records = testRecords(path);
    expect(records.batchQueries.count('b', { minProbability: 0.75, maxProbability: 0.75 })).toBe(1);
    expect(records.batchQueries.count('b', { minProbability: 0 })).toBe(1);
    expect(
      records.reviews.add({ batch: 'b', item: 2, frame: 0, decision: 'refuse', class: null, reader: 'A' }),
    ).toMatchObject({ reader: 'A' });
  });
});
