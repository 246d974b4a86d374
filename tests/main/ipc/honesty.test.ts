import { realpath, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Examination, Job } from '../../../src/main/ipc/contract.ts';
import { hasTensorflow } from '../../helpers/cli.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { jsonOf, makeStudy, newFolder, setParams } from '../../system/phantom-study.ts';

let folder: string;
let study: string;

beforeAll(async () => {
  buildHilum();
  folder = await realpath(newFolder('honesty-calls'));
  study = await makeStudy(folder, { slices: 3, epochs: 3 });
  await setParams(study, { repeats: '2', folds: '2' });
  await jsonOf(study, 'ingest');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function examine(core: TestCore, what: Examination): Promise<Job> {
  const { job } = await core.ask('honesty/start', { what });
  return core.ended(job);
}

describe('how far data and figures can be trusted', () => {
  it('is nothing before anything was measured', async () => {
    const core = await testCore({ folder, workspace: study });
    expect(await core.ask('honesty/get', {})).toEqual({
      ...{ leak: null, shortcuts: null, validation: null, shuffled: null },
      protocol: { folds: 3, repeats: 2 },
      testSet: { now: null, total: 0, looks: [] },
    });
  });

  it('asks for a dataset first', async () => {
    await jsonOf(folder, 'init', 'empty', '--source', 'images');
    const core = await testCore({ folder, workspace: `${folder}/empty` });
    await expect(core.ask('honesty/start', { what: 'leak-meter' })).rejects.toMatchObject({ code: 'dataset/missing' });
  });
});

describe.skipIf(!hasTensorflow)('examinations as jobs', { timeout: 120_000 }, () => {
  it('make the base model where it is missing, are told of, and stay on record', async () => {
    const core = await testCore({ folder, workspace: study });
    const meter = await examine(core, 'leak-meter');
    expect(meter).toMatchObject({ kind: 'leak-meter', state: 'completed', title: 'Leak meter', error: null });
    const fractions = core.pushes.flatMap((push) =>
      push.topic === 'job' && push.job.progress !== null ? [push.job.progress.fraction] : [],
    );
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    await eventually(() => core.pushes).toContainEqual({ topic: 'changed', what: 'findings' });
    const { leak } = await core.ask('honesty/get', {});
    expect(leak).toMatchObject({ stale: false, value: { folds: 3, counts: { images: 48 } } });
    expect(leak?.value.sentence).toMatch(/^A random slice split says/);
    expect(core.bugs).toEqual([]);
  });

  it('a validation is a run among the others, whose epochs are seen live; the control stands beside it', async () => {
    const core = await testCore({ folder, workspace: study });
    const ended = await examine(core, 'validate');
    expect(ended).toMatchObject({ kind: 'validate', state: 'completed' });
    const control = await examine(core, 'validate-shuffled');
    const folds = new Set(core.pushes.flatMap((push) => (push.topic === 'epoch' ? [push.fold] : [])));
    expect(folds).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const { validation, shuffled } = await core.ask('honesty/get', {});
    expect(validation).toMatchObject({ stale: false, value: { run: ended.subject, shuffled: null } });
    expect(shuffled?.value.run).toBe(control.subject);
    const query = { filter: '', sort: { by: 'started', descending: false }, columns: ['scan/balanced_accuracy'] };
    const { rows } = await core.ask('runs/query', { ...query, all: false, offset: 0, limit: 10 });
    expect(rows.map(({ id, kind }) => [id, kind])).toEqual([
      [ended.subject, 'validate'],
      [control.subject, 'validate'],
    ]);
    expect(rows[0]?.cells[0]).toEqual(validation?.value.pooled.scan.balanced_accuracy);
    const { run } = await core.ask('runs/get', { run: ended.subject ?? '' });
    expect(run.metrics?.protocol).toBe('cross-validated');
  });

  it('a cancelled validation is cancelled, and leaves the last one where it was', async () => {
    const core = await testCore({ folder, workspace: study });
    const before = await core.ask('honesty/get', {});
    const { job } = await core.ask('honesty/start', { what: 'validate' });
    await core.ask('jobs/cancel', { job });
    expect(await core.ended(job)).toMatchObject({ state: 'cancelled' });
    expect((await core.ask('honesty/get', {})).validation).toEqual(before.validation);
  });

  it('another dataset makes all of it out of date', async () => {
    const core = await testCore({ folder, workspace: study });
    const { rows } = await core.ask('dataset/images', { offset: 0, limit: 1 });
    const image = rows[0]?.image ?? '';
    await core.ask('dataset/relabel', { images: [image], class: 'Tumor', reader: 'tester' });
    const { leak, validation } = await core.ask('honesty/get', {});
    expect([leak?.stale, validation?.stale]).toEqual([true, true]);
  });
});
