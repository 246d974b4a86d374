import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { setUp } from '../../../src/main/records/connect.ts';
import { requireSafeEngine } from '../../../src/main/records/engine.ts';
import { migrate } from '../../../src/main/records/migrate.ts';
import { migrations } from '../../../src/main/records/migrations/index.ts';
import { schemaOf } from '../../../src/main/records/schema.ts';
import { lockStateFolder } from '../../../src/main/workspace/lock.ts';
import { HilumError, hasCode } from '../../../src/pipeline/domain/errors.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { ended, startScript } from '../../helpers/process.ts';
import { epochRow, listedBatch, newRun, temporaryFolder, testRecords } from '../../helpers/records.ts';

const code = (name: string, facts: object = {}) =>
  expect.objectContaining({ code: name, facts: expect.objectContaining(facts) });

/** A folder with records of one run that were closed well. */
function usedRecords(locked = false): { folder: string; path: string; run: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'hilum.db');
  const lock = locked ? lockStateFolder(folder) : undefined;
  const records = testRecords(path, { lock });
  const run = records.runs.start(newRun);
  for (let epoch = 1; epoch <= 40; epoch++) records.epochs.add(run, 0, epochRow(epoch));
  records.runs.finish(run, 'completed');
  listedBatch(records, 300);
  records.close();
  lock?.release();
  return { folder, path, run };
}

/** A database as an older program left it. */
function atVersion(version: number): { path: string; folder: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'hilum.db');
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  migrate(db, path, migrations.slice(0, version));
  db.exec(`INSERT INTO runs (id, kind, name, started_at, outcome, params, code_version, environment, leaky, notes)
    VALUES ('old', 'train', 'n', 't', 'completed', '{}', '0', '{}', 0, '')`);
  db.close();
  return { path, folder };
}

describe('opening the records', () => {
  it('[E8] refuses an SQLite with the known fault', () => {
    for (const old of ['3.51.2', '3.7.17', '3.45.0', '2.8.17']) {
      expect(() => requireSafeEngine(old)).toThrow(code('records/old-engine', { found: old, needed: '3.51.3' }));
    }
    for (const good of ['3.51.3', '3.52.0', '3.54.1', '4.0.0']) expect(() => requireSafeEngine(good)).not.toThrow();
  });

  it('[E1] [E13] sets what durability needs', () => {
    const db = new Database(usedRecords().path);
    setUp(db);
    const settings = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      busy_timeout: 5000,
      mmap_size: 0,
      journal_size_limit: 64 * 2 ** 20,
    };
    const found = Object.keys(settings).map((name) => [name, db.pragma(name, { simple: true })]);
    expect(Object.fromEntries(found)).toEqual(settings);
    db.close();
  });

  it('has the schema of the snapshot', async () => {
    const db = new Database(':memory:');
    for (const statement of migrations.flat()) db.exec(statement);
    await expect(`${schemaOf(db)};\n`).toMatchFileSnapshot('schema.sql');
    db.close();
  });

  it('[E12] refuses a schema with more than ours, and databases of other programs', () => {
    const { path } = usedRecords();
    const db = new Database(path);
    db.exec('CREATE TRIGGER sly AFTER INSERT ON runs BEGIN DELETE FROM epochs; END');
    db.close();
    expect(() => testRecords(path)).toThrow(code('records/corrupt', { what: 'schema is not ours' }));
    for (const version of [0, 2]) {
      const foreign = join(temporaryFolder(), 'hilum.db');
      const other = new Database(foreign);
      other.exec(`CREATE TABLE notes (text); PRAGMA user_version = ${version}`);
      other.close();
      const before = readFileSync(foreign);
      const error = thrown(() => testRecords(foreign));
      expect(error).toEqual(code('records/corrupt', { what: 'a database of another program' }));
      expect(readFileSync(join(foreign, '..', String(error.facts.moved)))).toEqual(before);
    }
  });
});

function thrown(act: () => unknown): HilumError {
  try {
    act();
  } catch (error) {
    if (error instanceof HilumError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('[E11] migration', () => {
  it.each([1, 2])('brings version %i to the newest with its data, a verified backup beside it', (version) => {
    const { path, folder } = atVersion(version);
    const records = testRecords(path);
    expect(records.runs.get('old')).toMatchObject({ outcome: 'completed' });
    const batch = listedBatch(records, 2);
    expect(records.batchItems.counts(batch).files).toBe(2);
    expect(records.audit.verify()).toMatchObject({ ok: true });
    expect(readdirSync(join(folder, 'backups'))).toEqual(['hilum-000001.db']);
    const backup = new Database(join(folder, 'backups', 'hilum-000001.db'), { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(version);
    expect(backup.prepare('SELECT id FROM runs').pluck().all()).toEqual(['old']);
    backup.close();
  });

  it('that fails at any statement leaves the old schema', () => {
    const { path } = atVersion(1);
    const db = new Database(path);
    const before = schemaOf(db);
    const later = migrations.slice(1).flat();
    for (let position = 0; position <= later.length; position++) {
      const broken = [...later.slice(0, position), 'NOT SQL', ...later.slice(position)];
      expect(() => migrate(db, path, [migrations[0] ?? [], broken])).toThrow();
      expect(schemaOf(db)).toBe(before);
      expect(db.pragma('user_version', { simple: true })).toBe(1);
    }
    db.close();
    expect(testRecords(path).runs.get('old').id).toBe('old');
  });

  it('killed at a statement leaves the old schema, and the next start finishes it', async () => {
    for (const position of [0, 2, 5, 7]) {
      const { path } = atVersion(1);
      await ended(startScript('migrate-and-die.ts', [path, String(position)]));
      const db = new Database(path);
      expect(db.pragma('user_version', { simple: true })).toBe(1);
      db.close();
      expect(testRecords(path).runs.get('old').id).toBe('old');
    }
  });

  it('refuses records of a newer program and leaves them as they are', () => {
    const { path, folder } = usedRecords();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(path);
    expect(() => testRecords(path)).toThrow(code('records/newer', { found: 99, known: migrations.length }));
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('backups', () => {
  it('are one a day by the holder of the lock, of which five are kept', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'hilum.db');
    const list = () => readdirSync(join(folder, 'backups')).sort();
    for (let day = 1; day <= 7; day++) {
      for (let twice = 0; twice < 2; twice++) {
        const lock = lockStateFolder(folder);
        const records = testRecords(path, { lock, now: () => new Date(), newId: () => `${day}-${twice}` });
        records.runs.start(newRun);
        records.close();
        lock.release();
      }
      const yesterday = Date.now() / 1000 - 25 * 3600;
      for (const name of list()) utimesSync(join(folder, 'backups', name), yesterday, yesterday);
    }
    expect(list()).toEqual([3, 4, 5, 6, 7].map((number) => `hilum-00000${number}.db`));
  });

  it('are not made by readers', () => {
    const { folder } = usedRecords();
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });
});

describe('[E10] a broken start ends in a named error, nothing is deleted, and the next start works', () => {
  /** Opens broken records twice: named error, then a working start. Gives the error. */
  function recovers(folder: string, path: string): HilumError {
    const lock = lockStateFolder(folder);
    const error = thrown(() => testRecords(path, { lock }));
    expect(error.code).toBe('records/corrupt');
    expect(error.sentence).toContain('nothing was deleted');
    expect(existsSync(join(folder, String(error.facts.moved)))).toBe(true);
    testRecords(path, { lock }).close();
    lock.release();
    return error;
  }

  it.each(['garbage', 'garbage header', 'text', 'directory'])('%s instead of the file', (kind) => {
    const { folder, path } = usedRecords();
    const bytes = readFileSync(path);
    const random = randomFrom('garbage', 5);
    if (kind === 'garbage')
      writeFileSync(
        path,
        Uint8Array.from({ length: 20_000 }, () => random.below(256)),
      );
    if (kind === 'garbage header') writeFileSync(path, Buffer.concat([Buffer.alloc(100, 0x5a), bytes.subarray(100)]));
    if (kind === 'text') writeFileSync(path, 'seed: 7\n');
    if (kind === 'directory') {
      const fresh = join(folder, 'fresh');
      mkdirSync(join(fresh, 'hilum.db', 'inside'), { recursive: true });
      expect(recovers(fresh, join(fresh, 'hilum.db')).facts.what).toBe('no file stands in their place');
      return;
    }
    const broken = readFileSync(path);
    const { moved, restored } = recovers(folder, path).facts;
    expect(readFileSync(join(folder, String(moved)))).toEqual(broken);
    expect(restored).toBe(false);
  });

  it('truncated at every page', () => {
    const { folder, path } = usedRecords();
    const bytes = readFileSync(path);
    const pages = bytes.length / 4096;
    expect(pages).toBeGreaterThan(10);
    for (let page = 1; page < pages; page++) {
      const at = join(folder, `cut-${page}`);
      mkdirSync(at);
      copyFileSync(path, join(at, 'hilum.db'));
      truncateSync(join(at, 'hilum.db'), page * 4096);
      recovers(at, join(at, 'hilum.db'));
    }
  });

  it('0 bytes of a new workspace are a start like any other', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    writeFileSync(path, '');
    expect(testRecords(path).runs.list()).toEqual([]);
  });

  it('0 bytes where there was a backup bring the backup back', () => {
    const { folder, path, run } = usedRecords(true);
    truncateSync(path, 0);
    expect(recovers(folder, path).facts).toMatchObject({ what: '0 bytes', restored: true });
    const records = testRecords(path);
    expect(records.epochs.list(run)).toHaveLength(40);
    expect(records.audit.verify()).toMatchObject({ ok: true });
  });

  it('takes the newest backup that verifies', () => {
    const { folder, path, run } = usedRecords(true);
    writeFileSync(join(folder, 'backups', 'hilum-000002.db'), 'broken too');
    writeFileSync(path, 'broken');
    expect(recovers(folder, path).facts.restored).toBe(true);
    expect(testRecords(path).runs.get(run).name).toBe('first');
  });

  it('without its log it opens as it was at the last checkpoint', () => {
    const { path } = usedRecords();
    const open = testRecords(path, { newId: () => 'in the log' });
    open.runs.start(newRun);
    const copy = join(temporaryFolder(), 'hilum.db');
    copyFileSync(path, copy);
    expect(
      testRecords(copy)
        .runs.list()
        .map((run) => run.id),
    ).toEqual(['id-1']);
  });

  it('while another process holds the lock, damaged records are left alone', () => {
    const { folder, path } = usedRecords();
    writeFileSync(path, 'broken');
    const lock = lockStateFolder(folder);
    expect(
      hasCode(
        thrown(() => testRecords(path)),
        'workspace/busy',
      ),
    ).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('broken');
    lock.release();
    expect(thrown(() => testRecords(path)).facts.moved).toMatch(/^hilum\.db\.damaged-20260101T000000$/);
  });
});
