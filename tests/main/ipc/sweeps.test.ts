import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input, Push } from '../../../src/main/ipc/contract.ts';
import { hasTensorflow } from '../../helpers/cli.ts';
import { type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { jsonOf, makeStudy, newFolder, setParams } from '../../system/phantom-study.ts';

const name = 'rates "<b>"';
const definition: Input<'sweeps/plan'>['definition'] = {
  name,
  search: { training: { learning_rate: [0.0003, 0.003, 0.03] }, head: { hidden: [0, 8] } },
};

describe.skipIf(!hasTensorflow)('a sweep from the page', { timeout: 120_000 }, () => {
  let folder: string;
  let workspace: string;

  beforeAll(async () => {
    buildHilum();
    folder = await realpath(newFolder('sweeps'));
    workspace = await makeStudy(folder, { slices: 2 });
    await setParams(workspace, { size: '64', epochs: '9', features: '[block3]' });
    await jsonOf(workspace, 'ingest');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A core on the workspace as the test before left it. */
  async function opened() {
    const core = await testCore({ folder, workspace });
    return { core, params: (await core.ask('params/get', {})).params };
  }

  it('is planned with its candidates, rungs and time before anything starts', async () => {
    const { core, params } = await opened();
    const plan = await core.ask('sweeps/plan', { definition, params });
    expect(plan.candidates).toHaveLength(6);
    expect(plan.candidates[1]).toEqual({ 'head.hidden': 0, 'training.learning_rate': 0.003 });
    expect(plan.rungs.map(({ candidates }) => candidates)).toEqual([6, 2]);
    expect(plan.seconds.low).toBeGreaterThan(0);
    expect(plan.seconds.high).toBeGreaterThan(plan.seconds.low);
    const one = await core.ask('training/estimate', { params });
    // Features are extracted once, not once a candidate.
    expect(plan.seconds.high).toBeLessThan(6 * one.seconds.high);
    const stopped = await core.ask('sweeps/plan', { definition: { ...definition, halving: { eta: 1 } }, params });
    expect(stopped.seconds.high).toBeGreaterThan(plan.seconds.high);
  });

  it.each([
    [{ search: { split: { folds: [3] } } }],
    [{ search: { backbone: { weights: ['/etc'] } } }],
    [{ search: {} }],
    [{ search: { training: { l2: { low: 0, high: 1 } } } }],
  ])('%j is refused', async (wrong) => {
    const { core, params } = await opened();
    await expect(core.ask('sweeps/plan', { definition: wrong, params })).rejects.toMatchObject({
      code: 'call/bad-input',
    });
  });

  it('stopped by hand it can go on; what was measured stays; at the end there is a winner', async () => {
    const { core, params } = await opened();
    const { job } = await core.ask('sweeps/start', { definition, params, allowLeak: false });
    const stopping = whenPushed(
      core,
      (push) => push.topic === 'job' && /candidate [2-6] of 6/.test(push.job.progress?.step ?? ''),
    );
    await stopping;
    await core.ask('jobs/cancel', { job });
    const ended = await core.ended(job);
    expect(ended).toMatchObject({ kind: 'sweep', state: 'cancelled', resumable: true, title: `Sweep: ${name}` });
    const id = ended.subject ?? '';
    const { sweep: half } = await core.ask('sweeps/get', { sweep: id });
    expect(half).toMatchObject({ name, finished: false, winner: null, rung: 1 });
    const measured = half.candidates.filter(({ state }) => state !== 'waiting');
    expect(measured.length).toBeGreaterThan(0);

    const { job: rest } = await core.ask('sweeps/resume', { sweep: id });
    await expect(core.ask('sweeps/resume', { sweep: id })).rejects.toMatchObject({ code: 'run/running' });
    expect(await core.ended(rest)).toMatchObject({ state: 'completed', subject: id });
    const { sweep } = await core.ask('sweeps/get', { sweep: id });
    expect(sweep).toMatchObject({ finished: true, rung: 2 });
    expect(sweep.candidates.map(({ rungs }) => rungs)).toEqual([2, 2, 1, 1, 1, 1]);
    for (const each of measured) {
      const now = sweep.candidates.find(({ number }) => number === each.number);
      expect(now?.run).toBe(each.run);
      if (now?.state === 'stopped early') expect(now).toEqual({ ...each, state: 'stopped early' });
    }
    expect(await core.ask('sweeps/list', {})).toMatchObject({ sweeps: [{ id, name }] });
  });

  it('its runs are found by its name, and each says which sweep it belongs to', async () => {
    const { core } = await opened();
    const { sweeps } = await core.ask('sweeps/list', {});
    const query = {
      sort: { by: 'started', descending: true },
      columns: ['sweep', 'name'],
      all: false,
      offset: 0,
      limit: 20,
    };
    for (const key of ['sweep', 'parent']) {
      const { rows, fault } = await core.ask('runs/query', { ...query, filter: `${key} = 'rates "<b>"'` });
      expect(fault).toBe(null);
      expect(rows).toHaveLength(6);
      expect(rows.every(({ cells }) => cells[0] === name)).toBe(true);
    }
    const { rows } = await core.ask('runs/query', { ...query, filter: 'tags = "stopped early"' });
    expect(rows).toHaveLength(4);
    const { run } = await core.ask('runs/get', { run: rows[0]?.id ?? '' });
    expect(run.sweep).toEqual({ id: sweeps[0]?.id, name });
    const { columns } = await core.ask('runs/columns', {});
    expect(columns.find(({ key }) => key === 'sweep')).toMatchObject({ kind: 'text', values: [name] });
  });

  it('another one of the same name gets a name of its own', async () => {
    const { core, params } = await opened();
    const small = { ...definition, search: { head: { hidden: [0] } } };
    const { job } = await core.ask('sweeps/start', { definition: small, params, allowLeak: false });
    await core.ended(job);
    const { sweeps } = await core.ask('sweeps/list', {});
    expect(sweeps.map((each) => each.name)).toEqual([`${name} 2`, name]);
  });

  it('leaves artifacts of params.yaml alone', async () => {
    await expect(readFile(join(workspace, 'artifacts', 'model', 'contract.json'))).rejects.toThrow('ENOENT');
  });
});

function whenPushed(core: TestCore, is: (push: Push) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.core.onPush((push) => {
      if (!is(push)) return;
      stop();
      resolve();
    });
  });
}
