import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BatchOptions, runBatch } from '../../../src/main/jobs/batch.ts';
import { forkWorker } from '../../../src/main/jobs/ports/child-process.ts';
import { startWorker } from '../../../src/main/jobs/supervisor.ts';
import type { Timers } from '../../../src/main/jobs/timers.ts';
import type { Records } from '../../../src/main/records/index.ts';
import { lockStateFolder } from '../../../src/main/workspace/lock.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { linesUntilKilled, startScript } from '../../helpers/process.ts';
import { listedBatch, newBatch, temporaryFolder, testRecords } from '../../helpers/records.ts';

const script = new URL('../../helpers/tiny-worker.ts', import.meta.url).pathname;

interface Bench {
  readonly records: Records;
  readonly folder: string;
  /** Workers started so far. */
  starts: number;
  run(batch: string, more?: Partial<BatchOptions> & { worker?: Record<string, unknown> }): ReturnType<typeof runBatch>;
}

function bench(): Bench {
  const folder = temporaryFolder();
  const records = testRecords(join(folder, 'hilum.db'));
  const made: Bench = {
    records,
    folder,
    starts: 0,
    run: (batchId, { worker = {}, ...more } = {}) =>
      runBatch({
        records,
        batchId,
        openWorker: () => {
          made.starts++;
          return startWorker(() => forkWorker({ script, heapMb: 64 }));
        },
        input: { model: JSON.stringify(worker), blackBox: join(folder, 'black-box') },
        ...more,
      }),
  };
  return made;
}

const rowsOf = (records: Records, batch: string) => [...records.batchRows.inFileOrder(batch)];

/** Names of files of which some end otherwise. */
function names(odd: ReadonlyMap<number, string>): (item: number) => string {
  return (item) => `${String(item).padStart(5, '0')}.${odd.get(item) ?? 'png'}`;
}

function scattered(count: number, among: number, ending: string): Map<number, string> {
  const items = randomFrom('scattered', 3).shuffled(Array.from({ length: among }, (_, i) => i + 1));
  return new Map(items.slice(0, count).map((item) => [item, ending]));
}

/** A batch whose files lie in a folder that is really there. */
function batchOnDisk(records: Records, folder: string, files: readonly string[]): string {
  const path = join(folder, 'one');
  writeFileSync(path, '');
  const batch = records.batches.create({ ...newBatch, folder });
  records.batchItems.addMany(
    batch,
    files.map((file, i) => ({ item: i + 1, file, path, size: 1, mtimeMs: 1 })),
  );
  records.batches.fixList(batch);
  return batch;
}

describe('a batch', () => {
  it('gives every file its row and its progress', async () => {
    const { records, run } = bench();
    const batch = listedBatch(records, 1000);
    const fractions: number[] = [];
    const end = await run(batch, { onProgress: ({ fraction }) => fractions.push(fraction) });
    expect(end).toEqual({ outcome: 'completed', files: 1000, done: 1000 });
    expect(rowsOf(records, batch).map((row) => row.item)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(records.batches.get(batch).outcome).toBe('completed');
  });

  it.each([1, 7, 8, 64, 128])('of %i files ends though the worker answers in groups of 32', async (count) => {
    const { records, run } = bench();
    const batch = listedBatch(records, count);
    await expect(run(batch, { worker: { group: 32, lanes: 16 } })).resolves.toMatchObject({ done: count });
  });

  it('without files, or all done, needs no worker', async () => {
    const made = bench();
    const empty = listedBatch(made.records, 0);
    await expect(made.run(empty)).resolves.toMatchObject({ outcome: 'completed', done: 0 });
    const batch = listedBatch(made.records, 3);
    await made.run(batch);
    await expect(made.run(batch)).resolves.toMatchObject({ done: 3 });
    expect(made.starts).toBe(1);
  });

  it('whose list was cut is not worked on', async () => {
    const { records, run } = bench();
    const batch = records.batches.create(newBatch);
    await expect(run(batch)).rejects.toMatchObject({ code: 'batch/unknown' });
  });

  it('ends with the error of the stage and can be taken up again', async () => {
    const made = bench();
    const batch = listedBatch(made.records, 5);
    const openWorker = () => Promise.reject(new Error('no engine'));
    await expect(made.run(batch, { openWorker })).rejects.toThrow('no engine');
    expect(made.records.batches.get(batch).outcome).toBe('failed');
    await expect(made.run(batch)).resolves.toMatchObject({ outcome: 'completed', done: 5 });
    expect(made.records.batches.get(batch).outcome).toBe('completed');
  });
});

describe('[F3] poison files', () => {
  it('19 of 380 abort the worker: 361 answers, 19 reasons', async () => {
    const { records, run } = bench();
    const odd = scattered(19, 380, 'abort');
    const batch = listedBatch(records, 380, names(odd));
    await expect(run(batch)).resolves.toEqual({ outcome: 'completed', files: 380, done: 380 });
    expect(records.batchRows.counts(batch)).toEqual({ answered: 361, review: 0, refused: 19 });
    const crashed = rowsOf(records, batch).filter((row) => row.code === 'image/crashed');
    expect(crashed.map((row) => row.item)).toEqual([...odd.keys()].sort((a, b) => a - b));
    expect(crashed.every((row) => row.facts.deaths === 2)).toBe(true);
  });

  it.each(['segv', 'exit0', 'reject', 'kill', 'oom'])('that end the worker by %s are named alone', async (ending) => {
    const { records, run } = bench();
    const batch = listedBatch(
      records,
      30,
      names(
        new Map([
          [11, ending],
          [12, ending],
        ]),
      ),
    );
    await expect(run(batch)).resolves.toMatchObject({ done: 30 });
    expect(records.batchRows.codes(batch)).toEqual([{ code: 'image/crashed', images: 2 }]);
  });

  it('that lie side by side at the start are all named', async () => {
    const { records, run } = bench();
    const odd = new Map([1, 2, 3, 4, 5, 6].map((item) => [item, 'abort']));
    const batch = listedBatch(records, 40, names(odd));
    await expect(run(batch)).resolves.toMatchObject({ done: 40 });
    expect(records.batchRows.counts(batch)).toEqual({ answered: 34, review: 0, refused: 6 });
  });

  it('that hang the worker are found by the watchdog', async () => {
    const { records, run } = bench();
    const batch = listedBatch(records, 12, names(new Map([[5, 'hang']])));
    const hurried: Timers = {
      after: (_ms, callback) => {
        const timer = setTimeout(callback, 10);
        return () => clearTimeout(timer);
      },
    };
    await expect(run(batch, { silentSeconds: 100, timers: hurried })).resolves.toMatchObject({ done: 12 });
    expect(records.batchRows.codes(batch)).toEqual([{ code: 'image/crashed', images: 1 }]);
  });

  it('do not blame the files when the worker can decode nothing at all', async () => {
    const { records, run } = bench();
    const all = new Map(Array.from({ length: 60 }, (_, i) => [i + 1, 'exit3']));
    const batch = listedBatch(records, 60, names(all));
    await expect(run(batch)).rejects.toMatchObject({ code: 'worker/died' });
    expect(records.batchItems.counts(batch)).toEqual({ files: 60, done: 0 });
  });
});

describe('[A13] a worker that dies', () => {
  it('without holding a file is started 3 times in a row and no more', async () => {
    const made = bench();
    const batch = listedBatch(made.records, 10);
    const failing = made.run(batch, { worker: { start: 'segv' } });
    await expect(failing).rejects.toMatchObject({ code: 'worker/died', facts: { reason: 'signal SIGSEGV' } });
    expect(made.starts).toBe(3);
    expect(made.records.batches.get(batch).outcome).toBe('failed');
    await expect(made.run(batch)).resolves.toMatchObject({ done: 10 });
  });
});

describe('[F4] files that cannot be read', () => {
  it('here and there are tried again at the end, then named', async () => {
    const { records, run, folder } = bench();
    const odd = new Map([...scattered(30, 200, 'missing'), [200, 'unreadable']]);
    const batch = batchOnDisk(
      records,
      folder,
      Array.from({ length: 200 }, (_, i) => names(odd)(i + 1)),
    );
    await expect(run(batch)).resolves.toMatchObject({ outcome: 'completed', done: 200 });
    expect(records.batchRows.counts(batch).refused).toBe(odd.size);
  });

  it('more than 20 in a row: the source is lost, the batch waits and goes on later', async () => {
    const { records, run } = bench();
    const gone = new Map(Array.from({ length: 100 }, (_, i) => [i + 101, 'missing']));
    const batch = listedBatch(records, 200, names(gone));
    await expect(run(batch)).rejects.toMatchObject({ code: 'batch/source-lost', facts: { count: 21 } });
    expect(records.batches.get(batch).outcome).toBe('failed');
    expect(records.batchRows.codes(batch)).toEqual([]);
    expect(records.batchItems.counts(batch).done).toBeGreaterThanOrEqual(93);
  });

  it('at the very end are not called missing when the drive is gone', async () => {
    const { records, run, folder } = bench();
    const drive = join(folder, 'drive');
    mkdirSync(drive);
    const batch = batchOnDisk(records, drive, ['1.png', '2.png', '3.missing']);
    const onProgress = ({ done }: { done: number }) => {
      if (done === 2) rmSync(drive, { recursive: true });
    };
    await expect(run(batch, { onProgress })).rejects.toMatchObject({ code: 'batch/source-lost' });
    expect(records.batchItems.counts(batch)).toEqual({ files: 3, done: 2 });
  });

  it('but other refusals in a row are results like any other', async () => {
    const { records, run } = bench();
    const bad = new Map(Array.from({ length: 90 }, (_, i) => [i + 1, 'corrupt']));
    const batch = listedBatch(records, 100, names(bad));
    await expect(run(batch)).resolves.toMatchObject({ done: 100 });
    expect(records.batchRows.counts(batch)).toEqual({ answered: 10, review: 0, refused: 90 });
  });
});

describe('[F6] cancelling a batch', () => {
  it.each([1, 100, 250, 399])(
    'after %i files keeps their rows; the rest is done later, the same as unbroken',
    async (after) => {
      const { records, run } = bench();
      const unbroken = listedBatch(records, 400);
      await run(unbroken);
      const batch = listedBatch(records, 400);
      const controller = new AbortController();
      const onProgress = ({ done }: { done: number }) => {
        if (done >= after) controller.abort();
      };
      const end = await run(batch, { signal: controller.signal, onProgress });
      expect(['cancelled', 'completed']).toContain(end.outcome);
      expect(end.done).toBeGreaterThanOrEqual(after);
      expect(records.batches.get(batch).outcome).toBe(end.outcome);
      expect(rowsOf(records, batch)).toHaveLength(end.done);
      await expect(run(batch)).resolves.toMatchObject({ outcome: 'completed', done: 400 });
      expect(rowsOf(records, batch)).toEqual(rowsOf(records, unbroken));
    },
  );
});

describe('[F2] the supervising process killed with SIGKILL', () => {
  it('at seeded points of a batch: the rows are those of the unbroken run, each once', async () => {
    const { records, run, folder } = bench();
    const odd = new Map([...scattered(40, 2000, 'corrupt'), ...scattered(1, 2000, 'abort')]);
    const unbroken = listedBatch(records, 2000, names(odd));
    await run(unbroken);
    const batch = listedBatch(records, 2000, names(odd));
    const random = randomFrom('kill main', 5);
    for (let round = 0; round < 4; round++) {
      const killAt = 2 + random.below(8);
      const main = startScript('batch-main.ts', [join(folder, 'hilum.db'), batch]);
      const said = await linesUntilKilled(main, (lines) => lines >= killAt);
      expect(records.batchItems.counts(batch).done).toBeGreaterThanOrEqual(Number(said.at(-1)));
    }
    const lock = lockStateFolder(folder);
    const next = testRecords(join(folder, 'hilum.db'), { lock });
    expect(next.batches.get(batch).outcome).toBe('interrupted');
    lock.release();
    await expect(run(batch)).resolves.toEqual({ outcome: 'completed', files: 2000, done: 2000 });
    expect(rowsOf(records, batch)).toEqual(rowsOf(records, unbroken));
  });
});
