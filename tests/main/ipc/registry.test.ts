import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testCore, testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { registryStudy, type StoredModel } from '../../helpers/registry.ts';
import { drawScans } from '../../helpers/scans.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(buildHilum);

const models: readonly StoredModel[] = [
  { name: 'poor', right: 0.5 },
  { name: 'good', right: 1 },
  { name: 'leaky', right: 1, leaky: true },
];

async function coreWithModels() {
  const folder = await testFolder();
  const config = 'registry:\n  gates:\n    trust: false\n';
  const { root, seals } = await registryStudy(folder, models, config);
  const [poor = '', good = '', leaky = ''] = seals;
  return { ...(await testCore({ folder, workspace: root })), root, poor, good, leaky };
}

const wish = { alias: 'champion', override: null, reader: 'reader' } as const;

describe('the registry', () => {
  it('gives models of an older workspace their versions, the oldest first, and an imported one the next', async () => {
    const { ask, folder, poor, good, leaky } = await coreWithModels();
    const numbers = async () =>
      (await ask('models/list', {})).models.flatMap(({ id, version }) => (version === null ? [] : [[id, version]]));
    expect(await numbers()).toEqual([
      [leaky, 3],
      [good, 2],
      [poor, 1],
    ]);
    const { hash } = await sealTinyModel(join(folder, 'other'), { seed: 99 });
    await ask('models/import', { folder: join(folder, 'other') });
    expect((await numbers())[0]).toEqual([hash, 4]);
    expect((await ask('registry/model', { model: hash })).registered).toMatchObject({ version: 4, run: null });
    const bundled = (await ask('models/list', {})).models[0]?.id ?? '';
    expect(await ask('registry/model', { model: bundled })).toEqual({ registered: null });
    await expect(ask('registry/promote', { ...wish, model: bundled })).rejects.toThrow('registry/no-version');
    await ask('models/delete', { model: hash });
    await ask('models/import', { folder: join(folder, 'other') });
    expect((await numbers())[0]).toEqual([hash, 4]);
  });

  it('asks gates without changing anything, promotes, overrides, rolls back, and says where Classify starts', async () => {
    const { ask, poor, good, leaky, pushes } = await coreWithModels();
    expect((await ask('app/state', {})).defaultModel).toBe(leaky);
    expect(await ask('registry/gates', { model: good, alias: 'champion' })).toMatchObject({
      passed: true,
      champion: null,
    });
    expect((await ask('registry/get', {})).moves).toEqual([]);
    expect(await ask('registry/promote', { ...wish, model: good })).toMatchObject({ promoted: true, version: 2 });
    expect((await ask('app/state', {})).defaultModel).toBe(good);
    expect(await ask('registry/promote', { ...wish, model: poor })).toMatchObject({ promoted: false, passed: false });
    const against = await ask('registry/promote', { ...wish, model: leaky, override: 'a lecture' });
    expect(against).toMatchObject({ promoted: true, passed: false });
    expect((await ask('registry/get', {})).aliases[0]).toMatchObject({
      alias: 'champion',
      at: { version: 3, seal: leaky },
      override: 'a lecture',
      before: { version: 2, seal: good },
    });
    await ask('models/set-default', { model: poor });
    expect((await ask('app/state', {})).defaultModel).toBe(poor);
    expect(await ask('registry/rollback', { alias: 'champion', reader: 'reader' })).toEqual({
      version: 2,
      previous: 3,
      passedOver: [],
    });
    expect(pushes.some((push) => push.topic === 'changed' && push.what === 'models')).toBe(true);
    await expect(ask('registry/promote', { ...wish, model: leaky, override: '  ' })).rejects.toThrow('call/bad-input');
    await ask('registry/clear', { alias: 'champion', reader: 'reader' });
    await expect(ask('registry/clear', { alias: 'champion', reader: 'reader' })).rejects.toThrow('registry/no-alias');
    await expect(ask('registry/promote', { ...wish, model: 'f'.repeat(64) })).rejects.toThrow('registry/no-version');
  });

  it('keeps what holds an alias, and keeps notes that somebody else wrote meanwhile', async () => {
    const { ask, good, poor, root } = await coreWithModels();
    await ask('registry/promote', { ...wish, model: good });
    await expect(ask('models/delete', { model: good })).rejects.toMatchObject({
      code: 'registry/holds-alias',
      facts: { alias: 'champion', version: 'v2' },
    });
    await ask('models/delete', { model: poor });
    await ask('registry/annotate', { model: good, notes: { before: '', after: 'mine' }, addTags: ['ct'] });
    const late = { model: good, notes: { before: '', after: 'theirs' } };
    await expect(ask('registry/annotate', late)).rejects.toThrow('registry/changed');
    expect((await ask('registry/model', { model: good })).registered).toMatchObject({ notes: 'mine', tags: ['ct'] });
    // A champion whose files somebody took away is still named, and the next one may be promoted.
    rmSync(join(root, '.hilum', 'models', good), { recursive: true });
    expect((await ask('registry/get', {})).aliases[0]?.at).toMatchObject({ version: 2, title: null });
    expect((await ask('models/list', {})).models.every(({ aliases }) => aliases.length === 0)).toBe(true);
  });

  it('a run that made the champion takes its other files with it, not the model', async () => {
    const { ask, good } = await coreWithModels();
    await ask('registry/promote', { ...wish, model: good });
    const preview = await ask('runs/delete-preview', { runs: ['r2'] });
    expect(preview.sharedFiles).toBeGreaterThan(0);
    expect((await ask('runs/delete-preview', { runs: ['r1'] })).sharedFiles).toBe(0);
  });

  it('a batch says what its model was when it answered', async () => {
    const { ask, folder, good, poor, ended } = await coreWithModels();
    await ask('registry/promote', { ...wish, model: good });
    const scans = await drawScans(folder, 2);
    const batchOf = async (model: string) => {
      const { job } = await ask('batches/start', { folder: scans, model });
      const { subject } = await ended(job);
      return (await ask('batches/get', { batch: subject ?? '' })).batch;
    };
    const first = await batchOf(good);
    expect(first.model).toMatchObject({ seal: good, version: 2, stoodAs: 'champion' });
    expect((await batchOf(poor)).model).toMatchObject({ version: 1, stoodAs: null });
    await ask('registry/clear', { alias: 'champion', reader: 'reader' });
    expect((await ask('batches/get', { batch: first.id })).batch.model).toEqual(first.model);
  });
});
