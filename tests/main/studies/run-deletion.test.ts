import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../src/main/jobs/timers.ts';
import { addModel, modelStore } from '../../../src/main/models/store.ts';
import { keptFolder, keptNames } from '../../../src/main/studies/kept.ts';
import { footprintOf } from '../../../src/main/studies/run-deletion/footprint.ts';
import { purgeRuns } from '../../../src/main/studies/run-deletion/purge.ts';
import { openTrash, type Trash, undoWindowMs } from '../../../src/main/studies/run-deletion/trash.ts';
import { newRun, temporaryFolder, testRecords } from '../../helpers/records.ts';
import { addRun } from '../../helpers/runs.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

/** A clock that stands still until it is moved. */
function testTimers(): Timers & { elapse(ms: number): void; readonly nowMs: number } {
  let nowMs = Date.UTC(2026, 0, 1);
  const waiting = new Set<{ due: number; callback: () => void }>();
  return {
    get nowMs() {
      return nowMs;
    },
    after(ms, callback) {
      const entry = { due: nowMs + ms, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    elapse(ms) {
      nowMs += ms;
      for (const entry of [...waiting].filter(({ due }) => due <= nowMs)) {
        waiting.delete(entry);
        entry.callback();
      }
    },
  };
}

function bytesBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Without the database, whose log grows by each write. */
function filesBytes(state: string): number {
  return bytesBelow(join(state, 'runs')) + bytesBelow(modelStore(state));
}

function trashIn(state: string, settings: string[] = []) {
  const clock = testTimers();
  const records = testRecords(join(state, 'hilum.db'), { now: () => new Date(clock.nowMs) });
  const purged: (() => void)[] = [];
  let tokens = 0;
  const open = (): Trash =>
    openTrash({
      records,
      state,
      timers: clock,
      now: () => new Date(clock.nowMs).toISOString(),
      newId: () => `undo-${++tokens}`,
      modelsInSettings: () => settings,
      onPurged: () => purged.shift()?.(),
    });
  /** Resolves when files have gone. */
  const gone = (): Promise<void> => new Promise((resolve) => purged.push(resolve));
  return { state, clock, records, open, gone };
}

type World = ReturnType<typeof trashIn>;

/** A run that ended, with a file of `bytes` bytes and a model, if it has one. */
function withFiles({ state, records }: World, bytes: number, seal?: string): string {
  const id = addRun(records, {});
  const folder = join(keptFolder(state, id), 'checkpoints', 'fold-0', 'epoch-0001');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.bin'), Buffer.alloc(bytes));
  if (seal !== undefined) writeFileSync(join(keptFolder(state, id), keptNames.model), JSON.stringify({ seal }));
  return id;
}

async function storedModel(state: string, seed: number): Promise<{ seal: string; bytes: number; files: number }> {
  const folder = join(state, `sealed-${seed}`);
  await sealTinyModel(folder, { seed });
  const seal = await addModel(state, folder, { origin: 'trained', run: null });
  const stored = join(modelStore(state), seal);
  return { seal, bytes: bytesBelow(stored), files: readdirSync(stored).length };
}

describe('deleting runs', () => {
  it('hides them at once, and their bytes are really back when it cannot be taken back any more', async () => {
    const world = trashIn(temporaryFolder());
    const { state, records, clock, open, gone } = world;
    const model = await storedModel(state, 3);
    const id = withFiles(world, 5000, model.seal);
    const before = filesBytes(state);
    const trash = open();
    const noteBytes = statSync(join(keptFolder(state, id), keptNames.model)).size;
    expect(await trash.preview([id, id])).toEqual({
      own: { files: 2 + model.files, bytes: 5000 + noteBytes + model.bytes },
      shared: { files: 0, bytes: 0 },
    });
    const removed = await trash.remove([id]);
    expect(removed).toEqual({
      undo: 'undo-1',
      undoUntil: new Date(clock.nowMs + undoWindowMs).toISOString(),
      bytes: 5000 + noteBytes + model.bytes,
    });
    expect(records.runs.list()).toEqual([]);
    clock.elapse(undoWindowMs - 1);
    expect(existsSync(keptFolder(state, id))).toBe(true);
    const done = gone();
    clock.elapse(1);
    await done;
    expect(records.runDeletions.everyId()).toEqual([]);
    expect(existsSync(keptFolder(state, id))).toBe(false);
    expect(readdirSync(modelStore(state))).toEqual([]);
    expect(before - filesBytes(state)).toBeGreaterThanOrEqual(removed.bytes);
    expect(() => trash.undo(removed.undo)).toThrow(expect.objectContaining({ code: 'run/gone' }));
  });

  it('keeps a model that another run, or the settings, still need', async () => {
    const settings: string[] = [];
    const world = trashIn(temporaryFolder(), settings);
    const { state, clock, open, gone } = world;
    const [shared, chosen] = [await storedModel(state, 3), await storedModel(state, 4)];
    settings.push(chosen.seal);
    const [a, b, c] = [
      withFiles(world, 10, shared.seal),
      withFiles(world, 10, shared.seal),
      withFiles(world, 10, chosen.seal),
    ];
    const trash = open();
    expect((await trash.preview([a])).shared).toEqual({ files: shared.files, bytes: shared.bytes });
    expect((await trash.preview([c])).shared).toEqual({ files: chosen.files, bytes: chosen.bytes });
    expect((await trash.preview([a, b])).shared).toEqual({ files: 0, bytes: 0 });
    await trash.remove([a]);
    await trash.remove([c]);
    const both = [gone(), gone()];
    clock.elapse(undoWindowMs);
    await Promise.all(both);
    expect(existsSync(join(modelStore(state), shared.seal))).toBe(true);
    expect(existsSync(join(modelStore(state), chosen.seal))).toBe(true);
    await trash.remove([b]);
    const last = gone();
    clock.elapse(undoWindowMs);
    await last;
    expect(existsSync(join(modelStore(state), shared.seal))).toBe(false);
  });

  it('is undone whole, and what was undone stays when its time is over', async () => {
    const world = trashIn(temporaryFolder());
    const { state, records, clock, open, gone } = world;
    const [a, b, c] = [withFiles(world, 10), withFiles(world, 10), withFiles(world, 10)];
    const trash = open();
    const { undo } = await trash.remove([a, b]);
    await trash.remove([c]);
    expect(trash.undo(undo)).toBe(2);
    expect(() => trash.undo(undo)).toThrow(expect.objectContaining({ code: 'run/gone' }));
    const done = gone();
    clock.elapse(undoWindowMs);
    await done;
    expect(records.runs.list().map(({ id }) => id)).toEqual([b, a]);
    for (const id of [a, b]) expect(existsSync(keptFolder(state, id))).toBe(true);
    expect(existsSync(keptFolder(state, c))).toBe(false);
  });

  it('refuses running and unknown runs, and then hides none', async () => {
    const world = trashIn(temporaryFolder());
    const { records, open } = world;
    const id = withFiles(world, 10);
    const running = records.runs.start(newRun);
    const trash = open();
    await expect(trash.remove([id, running])).rejects.toMatchObject({ code: 'run/running' });
    await expect(trash.remove([id, 'none'])).rejects.toMatchObject({ code: 'run/unknown' });
    expect(records.runs.list()).toHaveLength(2);
  });

  it('never leads out of the folder of the runs', async () => {
    const state = temporaryFolder();
    const records = testRecords(join(state, 'hilum.db'), { newId: () => '../../elsewhere' });
    const id = addRun(records, {});
    await expect(footprintOf(state, [id], { records, inSettings: [] })).rejects.toMatchObject({
      code: 'records/corrupt',
    });
    await expect(purgeRuns(state, [id], { records, inSettings: [] })).rejects.toMatchObject({
      code: 'records/corrupt',
    });
  });
});

describe('what an earlier process left', () => {
  it('is finished at the next start: begun purges, and deletions whose time is over', async () => {
    const world = trashIn(temporaryFolder());
    const { state, records, clock, open, gone } = world;
    const [begun, over, waiting] = [withFiles(world, 10), withFiles(world, 10), withFiles(world, 10)];
    records.runDeletions.hide([over], 'token-over');
    clock.elapse(undoWindowMs);
    records.runDeletions.hide([begun], 'token-begun');
    records.runDeletions.seal([begun]);
    records.runDeletions.hide([waiting], 'token-waiting');
    const trash = open();
    const done = gone();
    await trash.takeUp();
    await done;
    expect(records.runDeletions.everyId()).toEqual([waiting]);
    expect(existsSync(keptFolder(state, begun))).toBe(false);
    expect(existsSync(keptFolder(state, over))).toBe(false);
    expect(trash.undo('token-waiting')).toBe(1);
  });

  it('waits out the time of the others, and a clock that was set back keeps nothing', async () => {
    const world = trashIn(temporaryFolder());
    const { records, clock, open, gone } = world;
    const [early, late] = [withFiles(world, 10), withFiles(world, 10)];
    clock.elapse(3_600_000);
    records.runDeletions.hide([late], 'late');
    clock.elapse(-3_600_000);
    records.runDeletions.hide([early], 'early');
    const trash = open();
    const atOnce = gone();
    await trash.takeUp();
    await atOnce;
    expect(records.runDeletions.everyId()).toEqual([early]);
    const later = gone();
    clock.elapse(undoWindowMs);
    await later;
    expect(records.runDeletions.everyId()).toEqual([]);
  });

  it('a purge of which the records were closed meanwhile harms nothing', async () => {
    const world = trashIn(temporaryFolder());
    const { records, clock, open } = world;
    const id = withFiles(world, 10);
    await open().remove([id]);
    records.close();
    clock.elapse(undoWindowMs);
    const again = testRecords(join(world.state, 'hilum.db'));
    expect(again.runDeletions.everyId()).toEqual([id]);
  });
});
