import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, testRecords } from '../../helpers/records.ts';

/** Ten audited events, then an edit from outside that first takes the triggers away and afterwards puts them back. */
function afterEdit(...edits: readonly string[]) {
  const path = join(temporaryFolder(), 'hilum.db');
  const records = testRecords(path);
  for (let i = 1; i <= 10; i++) records.audit.add('export', `batch-${i}`, { rows: i });
  records.close();
  const db = new Database(path);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").raw().all();
  for (const [name] of triggers as string[][]) db.exec(`DROP TRIGGER ${name}`);
  for (const edit of edits) db.exec(edit);
  for (const [, sql] of triggers as string[][]) db.exec(sql ?? '');
  db.close();
  return testRecords(path).audit.verify();
}

describe('[D6] the audit trail', () => {
  it('is whole after use', () => {
    expect(afterEdit()).toMatchObject({ ok: true, rows: 10, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const empty = testRecords(join(temporaryFolder(), 'hilum.db'));
    expect(empty.audit.verify()).toMatchObject({ ok: true, rows: 0 });
  });

  it.each([
    ['an edit of the subject', 4, ["UPDATE audit SET subject = 'other' WHERE seq = 4"]],
    ['an edit of the time', 4, ["UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 4"]],
    ['an edit of the details', 10, ["UPDATE audit SET details = '{}' WHERE seq = 10"]],
    ['an edit of a hash', 7, ["UPDATE audit SET hash = replace(hash, '0', '1') WHERE seq = 7"]],
    ['a row taken out', 5, ['DELETE FROM audit WHERE seq = 5']],
    [
      'a row taken out, the others moved up',
      5,
      ['DELETE FROM audit WHERE seq = 5', 'UPDATE audit SET seq = seq - 1 WHERE seq > 5'],
    ],
    [
      'two rows swapped',
      2,
      [
        'UPDATE audit SET seq = 99 WHERE seq = 2',
        'UPDATE audit SET seq = 2 WHERE seq = 3',
        'UPDATE audit SET seq = 3 WHERE seq = 99',
      ],
    ],
    ['the end cut off', 9, ['DELETE FROM audit WHERE seq >= 9']],
    ['all taken out', 1, ['DELETE FROM audit']],
    [
      'a row put in at the end',
      11,
      [
        'INSERT INTO audit (at, action, subject, details, hash) SELECT at, action, subject, details, hash FROM audit WHERE seq = 10',
      ],
    ],
  ])('shows %s', (_what, firstBroken, edits) => {
    expect(afterEdit(...edits)).toEqual({ ok: false, firstBroken });
  });

  it('cannot be edited by a slip of our own', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    testRecords(path).audit.add('import', 'x');
    const db = new Database(path);
    expect(() => db.exec("UPDATE audit SET subject = 'y'")).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM audit')).toThrow(/append-only/);
    db.close();
  });

  it('goes on after a cut end without hiding the gap', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const records = testRecords(path);
    for (let i = 1; i <= 3; i++) records.audit.add('export', `batch-${i}`);
    const db = new Database(path);
    db.exec('DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE seq = 3');
    db.close();
    records.audit.add('export', 'batch-4');
    expect(records.audit.verify()).toEqual({ ok: false, firstBroken: 3 });
  });
});
