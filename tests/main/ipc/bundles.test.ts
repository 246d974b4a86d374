import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withBundle } from '../../../src/main/interop/bundle/read.ts';
import { openRecords } from '../../../src/main/records/index.ts';
import { type TestCore, testCore, testFolder } from '../../helpers/core.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addSampleRuns } from '../../helpers/runs.ts';

beforeAll(buildHilum);

/** A core on a workspace of its own; `withRuns`: `id-1` to `id-4`. */
async function open(withRuns: boolean): Promise<TestCore> {
  const folder = await testFolder();
  const root = join(folder, 'study');
  mkdirSync(join(root, '.hilum'), { recursive: true });
  for (const name of ['config.yaml', 'params.yaml']) writeFileSync(join(root, name), '');
  let ids = 0;
  const records = openRecords(join(root, '.hilum', 'hilum.db'), { newId: () => `id-${++ids}` });
  if (withRuns) addSampleRuns(records);
  records.close();
  return testCore({ folder, workspace: root });
}

const contents = { runs: ['id-1', 'id-2'], withModels: false, withPredictions: true } as const;

async function exported({ ask, folder }: TestCore): Promise<string> {
  const made = await ask('bundles/export', { ...contents, runs: [...contents.runs], names: 'replaced' });
  expect(made.kind).toBe('saved');
  const name = readdirSync(folder).find((each) => each.includes('hilum-runs-'));
  return join(folder, name ?? '');
}

describe('bundles through the page', () => {
  it('are sized, made, taken in by another core with origin, and taken in once', async () => {
    const [from, to] = [await open(true), await open(false)];
    const { bytes, models } = await from.ask('bundles/size', { ...contents, runs: [...contents.runs] });
    expect([bytes > 1000, models]).toEqual([true, 0]);
    const place = join(to.folder, 'incoming');
    mkdirSync(place);
    copyFileSync(await exported(from), join(place, 'x.zip'));
    const first = await to.ask('bundles/import', { path: place });
    expect(first).toMatchObject({ names: 'replaced', models: 0 });
    expect(first.runs.map(({ id, isNew }) => [id, isNew])).toEqual([
      ['id-1', true],
      ['id-2', true],
    ]);
    await eventually(() => to.pushes).toContainEqual({ topic: 'changed', what: 'runs' });
    const again = await to.ask('bundles/import', { path: join(place, 'x.zip') });
    expect(again.runs.some(({ isNew }) => isNew)).toBe(false);
    const { run } = await to.ask('runs/get', { run: 'id-2' });
    expect(run.origin).toEqual({ from: 'bundle', root: first.root, run: 'id-2' });
    const compared = await to.ask('runs/compare', { runs: ['id-1', 'id-2'] });
    expect(compared.facts.find(({ key }) => key === 'params.seed')?.values).toEqual(['7', '8']);
    const sent = await exported(to);
    expect(await withBundle(sent, async ({ bundle }) => bundle.root)).toBe(first.root);
    expect([...from.bugs, ...to.bugs]).toEqual([]);
  });

  it('are refused when the page may not read them, and when they are none', async () => {
    const { ask, folder } = await open(false);
    await expect(ask('bundles/import', { path: '/etc/passwd' })).rejects.toMatchObject({ code: 'access/outside' });
    mkdirSync(join(folder, 'empty'));
    await expect(ask('bundles/import', { path: join(folder, 'empty') })).rejects.toMatchObject({
      code: 'bundle/not-one',
    });
    writeFileSync(join(folder, 'letter.zip'), 'a letter');
    await expect(ask('bundles/import', { path: join(folder, 'letter.zip') })).rejects.toMatchObject({
      code: 'bundle/not-one',
    });
  });

  it('TensorBoard gets a zip', async () => {
    const { ask, delivered } = await open(true);
    await ask('tensorboard/export', { runs: ['id-1'] });
    const [[name, content] = ['', '']] = delivered;
    expect(name).toMatch(/^hilum-tensorboard-.*\.zip$/);
    expect(content).toContain('plain-id-1/train/events.out.tfevents');
  });
});

describe('verifications through the page', () => {
  it('are none at first, and not for runs that made no model', async () => {
    const { ask, ended, folder } = await open(true);
    expect(await ask('verifications/get', { run: 'id-1' })).toEqual({ verification: null });
    await expect(ask('verifications/start', { run: 'id-2' })).rejects.toMatchObject({ code: 'verify/no-model' });
    await expect(ask('verifications/get', { run: 'id-9' })).rejects.toMatchObject({ code: 'run/unknown' });
    const { job } = await ask('verifications/start', { run: 'id-1' });
    expect(await ended(job)).toMatchObject({
      kind: 'verify-run',
      subject: 'id-1',
      state: 'failed',
      error: { code: 'verify/no-model' },
    });
    expect(existsSync(join(folder, 'study', '.hilum', 'tmp'))).toBe(true);
    expect(readdirSync(join(folder, 'study', '.hilum', 'tmp'))).toEqual([]);
  });
});
