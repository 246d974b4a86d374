import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDvcCache } from '../../../src/main/interop/dvc/cache.ts';
import { addModel, modelStore } from '../../../src/main/models/store.ts';
import type { Records } from '../../../src/main/records/index.ts';
import { featurePath } from '../../../src/main/studies/cached-features.ts';
import { keptFolder, keptNames } from '../../../src/main/studies/kept.ts';
import { footprintOf } from '../../../src/main/studies/run-deletion/footprint.ts';
import type { KeptModels } from '../../../src/main/studies/run-deletion/kept-models.ts';
import { purgeRuns } from '../../../src/main/studies/run-deletion/purge.ts';
import { contractSchema } from '../../../src/pipeline/domain/contract.ts';
import { epochRow, newBatch, temporaryFolder, testRecords } from '../../helpers/records.ts';
import { addRun } from '../../helpers/runs.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

interface World {
  readonly root: string;
  readonly state: string;
  readonly records: Records;
  readonly models: KeptModels;
}

function newWorld(noScm = true): World {
  const root = temporaryFolder();
  const state = join(root, '.hilum');
  mkdirSync(state);
  mkdirSync(join(root, '.dvc'));
  writeFileSync(join(root, '.dvc', 'config'), noScm ? '[core]\n    no_scm = True\n' : '');
  const records = testRecords(join(state, 'hilum.db'));
  const folders = { root, artifacts: join(root, 'artifacts') };
  return { root, state, records, models: { records, inSettings: [], folders } };
}

/** A run that made a model of its own, with features in the cache. @returns what it left on the disk */
async function trained({ root, state, records }: World, seed: number, backboneHash = 'b'.repeat(64)) {
  const run = addRun(records, { run: { backboneHash } });
  const sealed = join(root, `sealed-${seed}`);
  await sealTinyModel(sealed, { seed });
  const seal = await addModel(state, sealed, { origin: 'trained', run });
  mkdirSync(keptFolder(state, run), { recursive: true });
  writeFileSync(join(keptFolder(state, run), keptNames.model), JSON.stringify({ seal }));
  const contract = contractSchema.parse(JSON.parse(await readFile(join(sealed, 'contract.json'), 'utf8')));
  const features = featurePath(state, contract, backboneHash);
  mkdirSync(join(features, '..'), { recursive: true });
  writeFileSync(features, Buffer.alloc(5000));
  return { run, seal, sealed, features, model: join(modelStore(state), seal) };
}

describe('what others need of a run stays', () => {
  it('its model, while a batch was answered by it', async () => {
    const world = newWorld();
    const { run, seal, model } = await trained(world, 3);
    world.records.batches.create({ ...newBatch, modelSeal: seal });
    const { shared } = await footprintOf(world.state, [run], world.models);
    expect(shared.bytes).toBeGreaterThan(0);
    expect(await purgeRuns(world.state, [run], world.models)).toBe(0);
    expect(existsSync(model)).toBe(true);
  });

  it('its model, when it holds an alias or ever held one: a rollback leads back to it', async () => {
    const world = newWorld();
    const { promotions, modelVersions } = world.records;
    const [first, second, third] = [await trained(world, 3), await trained(world, 4), await trained(world, 5)];
    const [a, b] = [first, second, third].map(({ seal, run }) => modelVersions.register(seal, run).version);
    const move = { alias: 'champion', deed: 'promote', gates: [], override: null, reader: 'me' } as const;
    promotions.add({ ...move, version: a ?? 0, previous: null });
    promotions.add({ ...move, version: b ?? 0, previous: a ?? 0 });
    await purgeRuns(world.state, [first.run, second.run, third.run], world.models);
    expect([first, second, third].map(({ model }) => existsSync(model))).toEqual([true, true, false]);
  });

  it('cached features, while another run or the base model of now has the same network', async () => {
    const world = newWorld();
    const [first, second, other] = [
      await trained(world, 3),
      await trained(world, 4),
      await trained(world, 5, 'e'.repeat(64)),
    ];
    expect(first.features).toBe(second.features);
    await purgeRuns(world.state, [first.run, other.run], world.models);
    expect([first, other].map(({ features }) => existsSync(features))).toEqual([true, false]);
    const before = await footprintOf(world.state, [second.run], world.models);
    expect(before.own.bytes).toBeGreaterThan(5000);
    await purgeRuns(world.state, [second.run], world.models);
    expect(existsSync(second.features)).toBe(false);
  });

  it('everything in caches, where the folders of the workspace are not known', async () => {
    const world = newWorld();
    const { run, features } = await trained(world, 3);
    await purgeRuns(world.state, [run], { ...world.models, folders: undefined });
    expect(existsSync(features)).toBe(true);
  });
});

describe("copies in DVC's cache", () => {
  async function cached(world: World, seed: number) {
    const made = await trained(world, seed);
    const cache = await openDvcCache(world.root);
    const { md5 } = await cache.put(made.sealed);
    const objects = [md5, ...(await cache.entriesOf(md5)).map((entry) => entry.md5)].map(cache.pathOf);
    return { ...made, md5, objects };
  }
  const there = (paths: readonly string[]): number => paths.filter((path) => existsSync(path)).length;

  it('go with the model, but not what dvc.lock or another model has', async () => {
    const world = newWorld();
    const [gone, locked] = [await cached(world, 3), await cached(world, 4)];
    const lock = `schema: '2.0'\nstages:\n  train:\n    cmd: hilum train\n    outs:\n    - path: artifacts/model\n      hash: md5\n      md5: ${locked.md5}\n`;
    writeFileSync(join(world.root, 'dvc.lock'), lock);
    const { own } = await footprintOf(world.state, [gone.run], world.models);
    const common = gone.objects.filter((path) => locked.objects.includes(path));
    expect(common.length).toBeGreaterThan(0);
    const freed = gone.objects
      .filter((path) => !common.includes(path))
      .reduce((sum, path) => sum + statSync(path).size, 0);
    expect(own.bytes).toBeGreaterThan(2 * freed);
    await purgeRuns(world.state, [gone.run, locked.run], world.models);
    expect(there(gone.objects)).toBe(common.length);
    expect(there(locked.objects)).toBe(locked.objects.length);
  });

  it('stay under git: an older dvc.lock may name them', async () => {
    const world = newWorld(false);
    const { run, objects } = await cached(world, 3);
    await purgeRuns(world.state, [run], world.models);
    expect(there(objects)).toBe(objects.length);
  });
});

describe('the file of the records', () => {
  it('is really smaller after much was deleted, and holds the rest', async () => {
    const world = newWorld();
    const { state, records } = world;
    const epochs = Array.from({ length: 300 }, (_, at) => ({ fold: 0, metrics: epochRow(at + 1) }));
    const ids = records.together(() =>
      Array.from({ length: 100 }, (_, at) => {
        const id = addRun(records, { run: { notes: `secret note ${at}` } });
        records.epochs.addMany(id, epochs);
        return id;
      }),
    );
    const file = join(state, 'hilum.db');
    const size = (): number => statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
    records.reclaim(true);
    const before = size();
    expect(before).toBeGreaterThan(5_000_000);
    await purgeRuns(state, ids.slice(1), world.models);
    expect(size()).toBeLessThan(before / 4);
    expect(records.epochs.list(ids[0] ?? '')).toHaveLength(300);
    expect(records.audit.verify()).toMatchObject({ ok: true });
    const copy = join(state, 'copy.db');
    await copyFile(file, copy);
    const bytes = (await readFile(copy)).toString('latin1');
    expect(bytes).toContain('secret note 0');
    expect(bytes).not.toContain('secret note 57');
  });

  it('is left alone when little would come of it', () => {
    const { records } = newWorld();
    const id = addRun(records, {});
    records.runs.delete(id);
    expect(records.reclaim()).toBe(0);
  });
});
