import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockStateFolder } from '../../../src/main/workspace/lock.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { ended, linesUntilKilled, startScript } from '../../helpers/process.ts';
import { listedBatch, newBatch, newRun, temporaryFolder, testRecords } from '../../helpers/records.ts';

describe('[E3] a writer killed with SIGKILL', () => {
  it('at 25 seeded points loses no acknowledged row and doubles none', async () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const records = testRecords(path);
    records.runs.start(newRun);
    const batch = listedBatch(records, 3000);
    const random = randomFrom('kill -9', 11);
    const acknowledged: number[] = [];
    for (let round = 0; round < 25; round++) {
      const killAt = 1 + random.below(60);
      const writer = startScript('records-writer.ts', [path, 'batch']);
      const lines = await linesUntilKilled(writer, (count) => count >= killAt);
      acknowledged.push(...lines.map(Number));
      const stored = new Set([...records.batchRows.inFileOrder(batch)].map((row) => row.item));
      expect(acknowledged.filter((item) => !stored.has(item))).toEqual([]);
      expect(records.batchItems.counts(batch).done).toBe(stored.size);
    }
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(records.audit.verify()).toMatchObject({ ok: true });
    records.close();
    const db = new Database(path);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
  });
});

describe('[E7] several writers at once', () => {
  it('wait for each other: 3 x 150 transactions that read and then write, none fails', async () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const records = testRecords(path);
    const writers = Array.from({ length: 3 }, () => startScript('records-writer.ts', [path, 'audit', '150']));
    expect(await Promise.all(writers.map(ended))).toEqual([0, 0, 0]);
    expect(records.audit.verify()).toMatchObject({ ok: true, rows: 450 });
  });
});

/** Does it until it fails. */
function repeated(act: () => void): unknown {
  try {
    for (;;) act();
  } catch (error) {
    return error;
  }
}

/** Mounts a small disk, where this user may. */
function smallDisk(megabytes: number): string | undefined {
  const folder = temporaryFolder();
  const mounted = tryMount(['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted) onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return mounted ? folder : undefined;
}

function tryMount(args: readonly string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = mkdtempSync(join(tmpdir(), 'hilum-mount-'));
afterAll(() => rmSync(probe, { recursive: true, force: true }));
const mayMount = process.platform === 'linux' && tryMount(['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]);
if (mayMount) execFileSync('umount', [probe]);

describe.skipIf(!mayMount)('a disk that refuses (needs the right to mount)', () => {
  it.each([1, 20, 300])(
    '[E5] full after %i rows: a named error, every acknowledged row kept, goes on after space is made',
    (rows) => {
      const folder = smallDisk(4) ?? '';
      const path = join(folder, 'hilum.db');
      const records = testRecords(path);
      const run = records.runs.start(newRun);
      let kept = 0;
      const add = (): void => {
        records.artefacts.set(run, [{ path: `file-${kept}`.padEnd(400, 'x'), sha256: 'a', bytes: 1 }]);
        kept++;
      };
      while (kept < rows) add();
      const filler = join(folder, 'filler');
      const fill = (): void => writeFileSync(filler, Buffer.alloc(4096), { flag: 'a' });
      expect(repeated(fill)).toMatchObject({ code: 'ENOSPC' });
      expect(repeated(add)).toMatchObject({ code: expect.stringMatching(/^disk\/(full|failed)$/) });
      rmSync(filler);
      const again = testRecords(path);
      expect(again.artefacts.list(run)).toHaveLength(kept);
      again.artefacts.set(run, [{ path: 'one more', sha256: 'a', bytes: 1 }]);
      expect(again.artefacts.list(run)).toHaveLength(kept + 1);
      expect(again.audit.verify()).toMatchObject({ ok: true });
    },
  );

  it('[F11] read-only: a sentence that names it', () => {
    const folder = smallDisk(4) ?? '';
    const path = join(folder, 'hilum.db');
    testRecords(path).close();
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(() => testRecords(path)).toThrow(expect.objectContaining({ code: 'config/not-writable' }));
    expect(() => lockStateFolder(folder)).toThrow(expect.objectContaining({ code: 'config/not-writable' }));
  });
});

describe('[F8] a batch of many files', () => {
  it('leaves the memory of this process flat', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const batch = records.batches.create(newBatch);
    function* files(from: number, count: number) {
      for (let item = from; item < from + count; item++) {
        yield { item, file: `scan/${item}.dcm`, path: `/a/longer/path/to/the/scan/${item}.dcm`, size: 1, mtimeMs: 1 };
      }
    }
    records.batchItems.addMany(batch, files(1, 20_000));
    const before = process.memoryUsage().rss;
    records.batchItems.addMany(batch, files(20_001, 100_000));
    let listed = 0;
    for (let after = 0; ; ) {
      const page = records.batchItems.pending(batch, after, 512);
      listed += page.length;
      after = page.at(-1)?.item ?? after;
      if (page.length < 512) break;
    }
    expect(listed).toBe(120_000);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150);
  });
});
