import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { caller, type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addTinyModel, drawScans } from '../../helpers/scans.ts';

beforeAll(() => buildHilum());

const files = 600;

/** Resolves when some rows of the job's batch have arrived, and some have not. */
function rowsArrive({ core }: TestCore): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.onPush((push) => {
      if (push.topic !== 'job' || push.job.progress === null) return;
      const { done, total } = push.job.progress;
      if (done === 0 || done === total) return;
      stop();
      resolve();
    });
  });
}

async function csvOf(core: TestCore, batch: string): Promise<string> {
  await core.ask('batches/export', { batch, format: 'csv' });
  return core.delivered.get('incoming.csv') ?? '';
}

describe('a batch as a job', () => {
  it('[F3] ends with the same table when its worker is killed on the way', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, files);
    const undisturbed = await core.ask('batches/start', { folder, model });
    const first = await core.ended(undisturbed.job);
    const { job } = await core.ask('batches/start', { folder, model });
    await rowsArrive(core);
    const worker = core.workers.at(-1);
    expect(worker?.alive).toBe(true);
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    const ended = await core.ended(job);
    expect(ended).toMatchObject({ state: 'completed', error: null });
    expect(core.workers.length).toBeGreaterThanOrEqual(3);
    expect(await csvOf(core, ended.subject ?? '')).toBe(await csvOf(core, first.subject ?? ''));
    expect(core.workers.filter(({ alive }) => alive)).toEqual([]);
  });

  it("[F3] fails with the core's sentence when workers keep dying, and goes on from there", async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, files);
    const { job } = await core.ask('batches/start', { folder, model });
    const failed = core.ended(job);
    let over = false;
    void failed.then(() => {
      over = true;
    });
    // Every worker is killed as soon as it is there, until the batch gives up.
    while (!over) {
      for (const { alive, pid } of core.workers) if (alive) killQuietly(pid);
      await setImmediate();
    }
    const state = await failed;
    expect(state).toMatchObject({
      state: 'failed',
      resumable: true,
      error: { code: expect.stringMatching(/^worker\//) },
    });
    const batch = state.subject ?? '';
    expect((await core.ask('batches/list', {})).batches[0]).toMatchObject({ id: batch, outcome: 'failed' });
    const again = await core.ask('batches/resume', { batch });
    expect(await core.ended(again.job)).toMatchObject({ state: 'completed', subject: batch });
    expect((await core.ask('batches/get', { batch })).batch).toMatchObject({ outcome: 'completed', done: files + 1 });
  });

  it('[F6] is cancelled at the next file, keeps what is finished, and ends with the same table when resumed', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, files);
    const whole = await core.ended((await core.ask('batches/start', { folder, model })).job);
    const { job } = await core.ask('batches/start', { folder, model });
    await rowsArrive(core);
    await core.ask('jobs/cancel', { job });
    await core.ask('jobs/cancel', { job });
    const cancelled = await core.ended(job);
    expect(cancelled).toMatchObject({ state: 'cancelled', resumable: true });
    const batch = cancelled.subject ?? '';
    const { done } = (await core.ask('batches/get', { batch })).batch;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(files);
    const resumed = await core.ended((await core.ask('batches/resume', { batch })).job);
    expect(resumed).toMatchObject({ state: 'completed', subject: batch });
    expect(await csvOf(core, batch)).toBe(await csvOf(core, whole.subject ?? ''));
  });

  it('lets nobody delete it or go on with it while it is worked on, nor leave the workspace', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, files);
    const { job } = await core.ask('batches/start', { folder, model });
    await rowsArrive(core);
    const batch = (await core.ask('jobs/list', {})).jobs[0]?.subject ?? '';
    const busy = { code: 'workspace/jobs-running' };
    await expect(core.ask('batches/delete', { batch })).rejects.toMatchObject(busy);
    await expect(core.ask('batches/resume', { batch })).rejects.toMatchObject(busy);
    await expect(core.ask('workspace/create', { path: join(core.folder, 'new') })).rejects.toMatchObject(busy);
    expect(core.core.busyWith()).toEqual(['Classify: incoming']);
    await core.ask('jobs/cancel', { job });
    await core.ended(job);
  });

  it('[F6] is closed with the core: rows are kept, the workspace is free, no process is left', async () => {
    const first = await testCore();
    const model = await addTinyModel(first);
    const folder = await drawScans(first.folder, files);
    await first.ask('batches/start', { folder, model });
    await rowsArrive(first);
    await first.core.close();
    expect(first.workers.some(({ alive }) => alive)).toBe(false);
    expect(first.bugs).toEqual([]);
    const second = await testCore({ folder: first.folder });
    const { batches } = await second.ask('batches/list', {});
    expect(batches[0]).toMatchObject({ outcome: 'cancelled', files: files + 1 });
    expect(batches[0]?.done).toBeGreaterThan(0);
  });

  it('[F4] says that the drive is gone and can be resumed when it is back', async () => {
    const core = await testCore();
    const model = await addTinyModel(core);
    const folder = await drawScans(core.folder, files);
    const { job } = await core.ask('batches/start', { folder, model });
    await rowsArrive(core);
    await rm(folder, { recursive: true });
    const ended = await core.ended(job);
    expect(ended).toMatchObject({ state: 'failed', resumable: true, error: { code: 'batch/source-lost' } });
    await drawScans(core.folder, files);
    const again = await core.ask('batches/resume', { batch: ended.subject ?? '' });
    expect(await core.ended(again.job)).toMatchObject({ state: 'completed' });
  });

  it('draws the demo once, classifies it with the bundled model', async () => {
    const core = await testCore();
    const first = await core.ended((await core.ask('demo/classify', {})).job);
    expect(first).toMatchObject({ kind: 'demo', state: 'completed' });
    const { batch, byCode } = await core.ask('batches/get', { batch: first.subject ?? '' });
    expect(batch).toMatchObject({ files: 28, done: 28, outcome: 'completed', states: { refused: 9 } });
    expect(byCode.filter(({ code }) => code.startsWith('image/')).length).toBeGreaterThan(5);
    const second = await core.ended((await core.ask('demo/classify', {})).job);
    expect(await csvOf(core, second.subject ?? '')).toBe(await csvOf(core, first.subject ?? ''));
    expect(await core.core.call('demo/classify', { extra: 1 }, caller)).toMatchObject({ ok: false });
  });
});

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}
