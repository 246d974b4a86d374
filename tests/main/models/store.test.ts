import { execFileSync } from 'node:child_process';
import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoModelFolder } from '../../../src/main/models/places.ts';
import {
  addModel,
  bundledId,
  listModels,
  modelFolderOf,
  modelStore,
  removeModel,
} from '../../../src/main/models/store.ts';
import { requiredFiles } from '../../../src/pipeline/domain/sealed-model.ts';
import { treeState } from '../../helpers/cli.ts';
import { testFolder } from '../../helpers/core.ts';
import { flipByte, sealTinyModel } from '../../helpers/tiny-model.ts';

const trained = { origin: 'trained', run: 'r1', addedAt: '2026-01-02T00:00:00.000Z' } as const;
const imported = { origin: 'imported', run: null, addedAt: '2026-01-03T00:00:00.000Z' } as const;

async function place() {
  const root = await testFolder();
  const model = join(root, 'model');
  const { hash } = await sealTinyModel(model);
  return { state: join(root, '.hilum'), model, hash };
}

describe('the store of models', () => {
  it('keeps exactly the sealed files under the seal, and where they came from', async () => {
    const { state, model, hash } = await place();
    await chmod(join(model, 'weights.bin'), 0o444);
    expect(await addModel(state, model, trained)).toBe(hash);
    expect((await readdir(modelStore(state))).sort()).toEqual([hash, `${hash}.json`]);
    const folder = await modelFolderOf(state, hash);
    expect((await readdir(folder)).sort()).toEqual([...requiredFiles, 'seal.json'].sort());
    for (const file of requiredFiles)
      expect(await readFile(join(folder, file))).toEqual(await readFile(join(model, file)));
    expect(await listModels(state)).toMatchObject([{ origin: 'bundled' }, { id: hash, folder, ...trained }]);
  });

  it('stores the same seal once: nothing is rewritten, its first origin stays', async () => {
    const { state, model, hash } = await place();
    await Promise.all([addModel(state, model, trained), addModel(state, model, imported)]);
    const before = treeState(modelStore(state));
    expect(await addModel(state, model, imported)).toBe(hash);
    expect(treeState(modelStore(state))).toEqual(before);
    expect((await listModels(state))[1]).toMatchObject(trained);
  });

  it('[C4] refuses a model with one byte changed and leaves nothing half behind', async () => {
    const { state, model } = await place();
    for (const file of [...requiredFiles, 'seal.json']) {
      const broken = `${model}-${file}`;
      await cp(model, broken, { recursive: true });
      await flipByte(join(broken, file));
      await expect(addModel(state, broken, imported)).rejects.toMatchObject({
        code: 'model/seal-broken',
        facts: { file },
      });
    }
    expect(await readdir(modelStore(state)).catch(() => [])).toEqual([]);
  });

  it('replaces a stored copy that was damaged when the whole model comes again', async () => {
    const { state, model, hash } = await place();
    await addModel(state, model, trained);
    await flipByte(join(modelStore(state), hash, 'weights.bin'));
    await addModel(state, model, imported);
    expect(await readFile(join(modelStore(state), hash, 'weights.bin'))).toEqual(
      await readFile(join(model, 'weights.bin')),
    );
    expect((await readdir(modelStore(state))).sort()).toEqual([hash, `${hash}.json`]);
  });

  it('refuses what is missing, no model, incomplete, or a pipe under the name of a sealed file', async () => {
    const { state, model } = await place();
    await expect(addModel(state, join(model, 'nowhere'), imported)).rejects.toThrow('model/missing');
    await expect(addModel(state, join(model, 'card.md'), imported)).rejects.toThrow('model/missing');
    await expect(addModel(state, await testFolder(), imported)).rejects.toThrow('model/not-sealed');
    await rm(join(model, 'weights.bin'));
    await expect(addModel(state, model, imported)).rejects.toMatchObject({ facts: { file: 'weights.bin' } });
    execFileSync('mkfifo', [join(model, 'weights.bin')]);
    await expect(addModel(state, model, imported)).rejects.toThrow('model/not-sealed');
  });

  it('finds the bundled model and no other name, whatever it is', async () => {
    const { state, model, hash } = await place();
    await addModel(state, model, trained);
    expect(await modelFolderOf(state, await bundledId())).toBe(demoModelFolder());
    const hostile = [
      '',
      '.',
      '..',
      `../models/${hash}`,
      `${hash}/`,
      `${hash}.json`,
      hash.toUpperCase(),
      hash.slice(1),
      '__proto__',
    ];
    for (const id of hostile) await expect(modelFolderOf(state, id)).rejects.toThrow('model/unknown');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (id) => {
        await expect(modelFolderOf(state, id)).rejects.toThrow('model/unknown');
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('removes a model with its note and says the bytes; never the bundled one', async () => {
    const { state, model, hash } = await place();
    await addModel(state, model, trained);
    const sizes = Object.values(treeState(model)).map((line) => Number(line.split(' ')[0]));
    expect(await removeModel(state, hash)).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(await readdir(modelStore(state))).toEqual([]);
    await expect(removeModel(state, hash)).rejects.toThrow('model/unknown');
    await expect(removeModel(state, await bundledId())).rejects.toThrow('model/in-use');
  });

  it('lists newest first, and a model without its note as imported', async () => {
    const { state, model, hash } = await place();
    const other = await sealTinyModel(`${model}-2`, { seed: 9 });
    await addModel(state, model, imported);
    await addModel(state, `${model}-2`, { ...trained, addedAt: '2026-01-04T00:00:00.000Z' });
    expect((await listModels(state)).map(({ id }) => id).slice(1)).toEqual([other.hash, hash]);
    await writeFile(join(modelStore(state), `${hash}.json`), '{"origin":"trai');
    const listed = (await listModels(state)).find(({ id }) => id === hash);
    expect(listed).toMatchObject({ origin: 'imported', run: null });
  });
});
