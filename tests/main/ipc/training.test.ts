import { cp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Job, Push } from '../../../src/main/ipc/contract.ts';
import { metricsSchema } from '../../../src/pipeline/domain/metrics.ts';
import type { Params } from '../../../src/pipeline/domain/params.ts';
import { hasTensorflow, readJson } from '../../helpers/cli.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { hilumIn, jsonOf, makeStudy, newFolder, readCsv } from '../../system/phantom-study.ts';

const epochs = 40;
let folder: string;
/** Ingested, nothing else. */
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('training'));
  study = await makeStudy(folder, { slices: 3 });
  await jsonOf(study, 'ingest');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A core on a copy of the ingested workspace. */
async function coreOn(name: string): Promise<TestCore & { workspace: string }> {
  const workspace = join(folder, name, 'study');
  await cp(join(folder, 'images'), join(folder, name, 'images'), { recursive: true });
  await cp(study, workspace, { recursive: true });
  return { ...(await testCore({ folder, workspace })), workspace };
}

async function paramsOf(core: TestCore): Promise<Params> {
  const { params } = await core.ask('params/get', {});
  return { ...params, training: { ...params.training, epochs } };
}

async function train(core: TestCore, name: string): Promise<string> {
  const { job } = await core.ask('training/start', { params: await paramsOf(core), name, allowLeak: false });
  return job;
}

/** Resolves at the first push of this kind that satisfies. */
function pushed<T extends Push['topic']>(core: TestCore, topic: T, is: (push: Extract<Push, { topic: T }>) => boolean) {
  return new Promise<void>((resolve) => {
    const stop = core.core.onPush((push) => {
      if (!isTopic(push, topic) || !is(push)) return;
      stop();
      resolve();
    });
  });
}

function isTopic<T extends Push['topic']>(push: Push, topic: T): push is Extract<Push, { topic: T }> {
  return push.topic === topic;
}

function jobOf(core: TestCore, id: string): Job[] {
  return core.pushes.flatMap((push) => (push.topic === 'job' && push.job.id === id ? [push.job] : []));
}

const weightsOf = (workspace: string): Promise<Buffer> => readFile(join(workspace, 'artifacts/model/weights.bin'));

describe.skipIf(!hasTensorflow)('a run from the form', { timeout: 120_000 }, () => {
  it('trains, is measured, is kept, and leaves everything up to date', async () => {
    const core = await coreOn('whole');
    const before = await core.ask('training/estimate', { params: await paramsOf(core) });
    expect(before).toMatchObject({ uncached: 48, trainableParameters: 932 });
    expect(before.basis).toMatch(/^Nothing was measured on this machine for efficientnet-lite0 yet/);
    expect(before.seconds.low).toBeLessThan(before.seconds.high);

    const job = await train(core, 'first <b>try</b>');
    const ended = await core.ended(job);
    expect(ended).toMatchObject({ kind: 'study', state: 'completed', title: 'Train: first <b>try</b>', error: null });
    const run = ended.subject ?? '';
    const epochPushes = core.pushes.filter((push) => push.topic === 'epoch');
    expect(epochPushes.length).toBeGreaterThan(1);
    expect(epochPushes.every((push) => push.run === run && push.fold === 0)).toBe(true);
    const fractions = jobOf(core, job).flatMap(({ progress }) => (progress === null ? [] : [progress.fraction]));
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1);

    const kept = join(core.workspace, '.hilum/runs', run);
    const metrics = metricsSchema.parse(readJson(await readFile(join(kept, 'metrics.json'), 'utf8')));
    expect(metrics.counts.images).toBe((await readCsv(join(kept, 'predictions.csv'))).length);
    const { seal } = z.object({ seal: z.string() }).parse(readJson(await readFile(join(kept, 'model.json'), 'utf8')));
    const { models } = await core.ask('models/list', {});
    expect(models.find(({ id }) => id === seal)).toMatchObject({ origin: 'trained', run, title: 'first <b>try</b>' });
    expect(await readFile(join(core.workspace, 'params.yaml'), 'utf8')).toMatch(/at most\.\n {2}epochs: 40\n/);

    const after = await core.ask('training/estimate', { params: await paramsOf(core) });
    expect(after).toMatchObject({ uncached: 0, basis: 'Speeds of the last run on this machine.' });
    expect(core.bugs).toEqual([]);
    await core.core.close();
    const { stages } = await jsonOf(core.workspace, 'repro');
    expect(stages).toMatchObject(
      ['ingest', 'split', 'prepare', 'train', 'evaluate'].map((name) => ({ name, state: 'up to date' })),
    );
  });

  it('[F1] cancelled and resumed ends with the bytes of an unbroken one, whatever params.yaml says by then', async () => {
    const core = await coreOn('broken');
    const job = await train(core, 'first <b>try</b>');
    await pushed(core, 'epoch', ({ metrics }) => metrics.epoch >= 3);
    await core.ask('jobs/cancel', { job });
    const cancelled = await core.ended(job);
    expect(cancelled).toMatchObject({ state: 'cancelled', resumable: true });
    const run = cancelled.subject ?? '';
    const { params, version } = await core.ask('params/get', {});
    await core.ask('params/save', { params: { ...params, seed: params.seed + 1 }, version });

    const resumed = await core.ask('training/resume', { run });
    await expect(core.ask('training/resume', { run })).rejects.toMatchObject({ code: 'run/running' });
    expect(await core.ended(resumed.job)).toMatchObject({ state: 'completed', subject: run, resumable: false });
    expect(await weightsOf(core.workspace)).toEqual(await weightsOf(join(folder, 'whole/study')));
    expect((await core.ask('params/get', {})).params.seed).toBe(params.seed);
    await expect(core.ask('training/resume', { run })).rejects.toMatchObject({ code: 'training/no-checkpoint' });
  });

  it('always is a new run, also when nothing changed, and the queue takes several', async () => {
    const core = await coreOn('again');
    const jobs = [await train(core, 'one'), await train(core, 'two')];
    const ended = await Promise.all(jobs.map((job) => core.ended(job)));
    expect(ended.map(({ state }) => state)).toEqual(['completed', 'completed']);
    expect(new Set(ended.map(({ subject }) => subject)).size).toBe(2);
    const { models } = await core.ask('models/list', {});
    expect(models.filter(({ origin }) => origin === 'trained').map(({ title }) => title)).toEqual(
      expect.arrayContaining(['one', 'two']),
    );
    await core.core.close();
    const first = ended[0]?.subject ?? '';
    expect((await hilumIn(core.workspace, 'runs', 'delete', first, '--yes')).code).toBe(0);
    await expect(readFile(join(core.workspace, '.hilum/runs', first, 'metrics.json'))).rejects.toThrow('ENOENT');
  });

  it('says what is wrong in the core’s own words: a split that leaks, a backbone without weights', async () => {
    const core = await coreOn('wrong');
    const params = await paramsOf(core);
    const start = async (changed: Params, allowLeak: boolean): Promise<Job> => {
      const { job } = await core.ask('training/start', { params: changed, name: 'x', allowLeak });
      return core.ended(job);
    };
    const leaking: Params = { ...params, split: { ...params.split, strategy: 'random-slices' } };
    expect(await start(leaking, false)).toMatchObject({ state: 'failed', error: { code: 'split/leak-refused' } });
    const bare: Params = { ...params, backbone: { ...params.backbone, name: 'vgg16' } };
    expect(await start(bare, false)).toMatchObject({
      state: 'failed',
      error: { code: 'network/weights-missing', facts: { file: 'params.yaml', key: 'backbone.name' } },
      resumable: false,
    });
    const elsewhere: Params = { ...bare, backbone: { ...bare.backbone, weights: '/etc' } };
    await expect(start(elsewhere, false)).rejects.toMatchObject({ code: 'access/outside' });
    expect(await start(leaking, true)).toMatchObject({ state: 'completed' });
    expect((await core.ask('dataset/get', {})).split).toMatchObject({ strategy: 'random-slices', stale: false });
  });
});

describe('parameters', () => {
  it('are saved once: the second saver of the same version is told', async () => {
    const core = await coreOn('savers');
    const { params, version, backbones } = await core.ask('params/get', {});
    expect(backbones.map(({ name, ready }) => [name, ready])).toEqual([
      ['efficientnet-lite0', true],
      ['mobilenet-v2', false],
      ['vgg16', false],
    ]);
    expect(backbones[0]?.features).toContain('block3');
    const saved = await core.ask('params/save', { params: { ...params, seed: 11 }, version });
    await expect(core.ask('params/save', { params: { ...params, seed: 12 }, version })).rejects.toMatchObject({
      code: 'config/changed',
      facts: { file: 'params.yaml' },
    });
    expect(await core.ask('params/get', {})).toMatchObject({ version: saved.version, params: { seed: 11 } });
    await writeFile(join(core.workspace, 'params.yaml'), 'sed: 1\n');
    await expect(core.ask('params/get', {})).rejects.toMatchObject({ code: 'config/unknown-key', facts: { line: 1 } });
    await expect(core.ask('training/resume', { run: 'nothing' })).rejects.toMatchObject({ code: 'run/unknown' });
  });
});
