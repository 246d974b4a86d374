import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelStore } from '../../../src/main/models/store.ts';
import { requiredFiles } from '../../../src/pipeline/domain/sealed-model.ts';
import { treeState } from '../../helpers/cli.ts';
import { testCore, testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';

beforeAll(buildHilum);

async function coreWithModel() {
  const parts = await testCore();
  const model = join(parts.folder, 'model');
  const { hash } = await sealTinyModel(model, { title: 'Tiny <b>model</b>' });
  const { root } = (await parts.ask('app/state', {})).workspace;
  return { ...parts, model, hash, store: modelStore(join(root, '.hilum')) };
}

describe('models', () => {
  it('lists the bundled one, imports a good one once, and shows its card, contract and files', async () => {
    const { ask, model, hash, pushes, store } = await coreWithModel();
    const [bundled, ...others] = (await ask('models/list', {})).models;
    expect(others).toEqual([]);
    expect(bundled).toMatchObject({ origin: 'bundled', isDefault: true, problem: null, synthetic: true });
    expect(await ask('models/import', { folder: model })).toEqual({ model: hash });
    const before = treeState(store);
    expect(await ask('models/import', { folder: model })).toEqual({ model: hash });
    expect(treeState(store)).toEqual(before);
    expect(pushes.some((push) => push.topic === 'changed' && push.what === 'models')).toBe(true);
    const details = await ask('models/get', { model: hash });
    expect(details.model).toMatchObject({ id: hash, origin: 'imported', run: null, isDefault: false, problem: null });
    expect(details.model.title).toContain('<b>');
    expect(details.files.map(({ name }) => name)).toEqual([...requiredFiles]);
    expect(details.model.bytes).toBeGreaterThan(details.files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(details.steps.join(' ')).toContain('center 40 HU, width 400 HU');
    expect(details).toMatchObject({ temperature: expect.any(Number), reviewBelow: expect.any(Number) });
  });

  it('importing the bundled one copies nothing', async () => {
    const { ask, folder, store } = await coreWithModel();
    const [bundled] = (await ask('models/list', {})).models;
    await cp(join(import.meta.dirname, '../../../resources/demo-model'), join(folder, 'demo'), { recursive: true });
    expect(await ask('models/import', { folder: join(folder, 'demo') })).toEqual({ model: bundled?.id });
    expect((await ask('models/list', {})).models).toHaveLength(1);
    expect(treeState(folder)).not.toHaveProperty(join(store, `${bundled?.id}.json`));
  });

  it('verifies in a worker: good ones say how many golden answers agree', async () => {
    const { ask, model } = await coreWithModel();
    const { model: id } = await ask('models/import', { folder: model });
    expect(await ask('models/verify', { model: id })).toMatchObject({ ok: true, golden: 2, problem: null });
  });

  it('[C4] one byte changed in the store: listed with its problem, verify says so, no details, no batch', async () => {
    const { ask, model, hash, store, folder, ended } = await coreWithModel();
    await ask('models/import', { folder: model });
    await flipByte(join(store, hash, 'model.onnx'));
    const listed = (await ask('models/list', {})).models.find(({ id }) => id === hash);
    expect(listed?.problem).toContain('model.onnx was changed');
    expect(listed?.title).toContain('Tiny');
    const verified = await ask('models/verify', { model: hash });
    expect(verified).toMatchObject({ ok: false, golden: 0 });
    expect(verified.problem).toContain('model.onnx');
    await expect(ask('models/get', { model: hash })).rejects.toThrow('model/seal-broken');
    await mkdir(join(folder, 'scans'));
    await writeFile(join(folder, 'scans', 'a.png'), 'no picture');
    const refused = await ask('batches/start', { folder: join(folder, 'scans'), model: hash })
      .then(({ job }) => ended(job))
      .then(
        ({ error }) => error?.code,
        (error: { code: string }) => error.code,
      );
    expect(refused).toBe('model/seal-broken');
  });

  it('[C4] refuses to import what is broken, not a model, or not to be named', async () => {
    const { ask, model, folder, store } = await coreWithModel();
    const broken = join(folder, 'broken');
    await cp(model, broken, { recursive: true });
    await flipByte(join(broken, 'weights.bin'));
    await expect(ask('models/import', { folder: broken })).rejects.toMatchObject({
      code: 'model/seal-broken',
      facts: { file: 'weights.bin' },
    });
    await writeFile(join(model, 'extra.js'), '');
    await expect(ask('models/import', { folder: model })).rejects.toThrow('model/surplus-file');
    await expect(ask('models/import', { folder })).rejects.toThrow('model/not-sealed');
    const outside = await testFolder();
    await sealTinyModel(outside);
    await symlink(outside, join(folder, 'link'));
    for (const path of [outside, join(folder, 'link'), `${folder}/../x`]) {
      await expect(ask('models/import', { folder: path })).rejects.toThrow(/access\/outside|source\/missing/);
    }
    expect(await readFile(store).catch((error: { code: string }) => error.code)).toBe('ENOENT');
  });

  it('refuses unknown names everywhere, and to delete the bundled one', async () => {
    const { ask } = await coreWithModel();
    for (const model of ['nothing', '../../etc', '__proto__', 'f'.repeat(64)]) {
      await expect(ask('models/get', { model })).rejects.toThrow('model/unknown');
      await expect(ask('models/verify', { model })).rejects.toThrow('model/unknown');
      await expect(ask('models/set-default', { model })).rejects.toThrow('model/unknown');
      await expect(ask('models/delete', { model })).rejects.toThrow('model/unknown');
    }
    const [bundled] = (await ask('models/list', {})).models;
    await expect(ask('models/delete', { model: bundled?.id ?? '' })).rejects.toThrow('model/in-use');
  });
});
