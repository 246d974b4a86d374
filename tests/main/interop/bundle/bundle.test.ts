import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withArchive } from '../../../../src/main/interop/bundle/archive.ts';
import { type TakenIn, takeInBundle } from '../../../../src/main/interop/bundle/take-in.ts';
import { type BundleContents, bundleSize, writeBundle } from '../../../../src/main/interop/bundle/write.ts';
import { keptFolder, keptNames } from '../../../../src/main/studies/kept.ts';
import { readKeptSeal } from '../../../../src/main/studies/kept-files.ts';
import { readRecord } from '../../../../src/main/studies/run-record.ts';
import { epochRow, temporaryFolder } from '../../../helpers/records.ts';
import { addRun } from '../../../helpers/runs.ts';
import { evaluatedRun, newWorld, now, patient, storeOf, type World } from './world.ts';

const bare = { withModels: false, withPredictions: true, names: 'replaced' } as const;

async function bundleOf(world: World, runs: readonly string[], contents: Partial<BundleContents> = {}) {
  const path = join(temporaryFolder(), 'x.zip');
  const bundle = await writeBundle(world, path, { runs, ...bare, ...contents }, now);
  return { path, bundle };
}

const take = (world: World, path: string): Promise<TakenIn> => takeInBundle(world.study, path, now);

describe('a run bundle', () => {
  it('brings runs whole to another workspace: record, curves, figures, tags, notes, files, parent and model', async () => {
    const [from, to] = [newWorld('a'), newWorld('b')];
    const first = await evaluatedRun(from, { run: { notes: 'good "one"', dataVersion: 'd.dir' } }, { seed: 3 });
    const child = await evaluatedRun(from, { run: { name: 'child', parent: first } });
    const { path, bundle } = await bundleOf(from, [first, child], { withModels: true, names: 'kept' });
    const taken = await take(to, path);
    expect(taken.runs).toEqual([
      { id: first, name: 'plain', isNew: true },
      { id: child, name: 'child', isNew: true },
    ]);
    for (const id of [first, child]) {
      const [before, after] = [from, to].map(({ records }) => readRecord(records, records.runs.get(id)));
      const { seq: _a, origin: _b, ...run } = before?.run ?? {};
      expect(after).toMatchObject({
        ...before,
        run: { ...run, origin: { from: 'bundle', root: bundle.root, run: id } },
      });
      for (const name of [keptNames.metrics, keptNames.predictions, keptNames.training]) {
        const [a, b] = [from, to].map(({ state }) => readFileSync(join(keptFolder(state, id), name)));
        expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
      }
    }
    const seal = await readKeptSeal(to.state, first);
    expect(taken.models).toEqual([seal]);
    expect(existsSync(join(storeOf(to), seal ?? '', 'seal.json'))).toBe(true);
    expect(to.records.audit.ofAction('import').map(({ subject }) => subject)).toEqual([first, child]);
    expect(readdirSync(join(to.state, 'tmp'))).toEqual([]);
  });

  it('adds nothing the second time, and can be sent on and back', async () => {
    const [from, to] = [newWorld('a'), newWorld('b')];
    const id = await evaluatedRun(from, {}, { seed: 3 });
    const { path } = await bundleOf(from, [id]);
    await take(to, path);
    const before = to.records.audit.ofAction('import').length;
    expect((await take(to, path)).runs).toEqual([{ id, name: 'plain', isNew: false }]);
    expect(to.records.audit.ofAction('import')).toHaveLength(before);
    const back = await bundleOf(to, [id]);
    expect((await take(from, back.path)).runs[0]?.isNew).toBe(false);
    const third = newWorld('c');
    expect((await take(third, back.path)).runs[0]?.isNew).toBe(true);
  });

  it('has one root hash for the same runs, whenever it is written, and another for other contents', async () => {
    const world = newWorld('a');
    const [a, b] = [await evaluatedRun(world, {}, { seed: 3 }), await evaluatedRun(world)];
    const roots = [
      await bundleOf(world, [a, b]),
      {
        bundle: await writeBundle(
          world,
          join(temporaryFolder(), 'y.zip'),
          { runs: [b, a, b], ...bare },
          '2027-01-01T00:00:00Z',
        ),
      },
    ].map(({ bundle }) => bundle.root);
    expect(new Set(roots).size).toBe(1);
    const others = [
      await bundleOf(world, [a]),
      await bundleOf(world, [a, b], { withModels: true }),
      await bundleOf(world, [a, b], { withPredictions: false }),
      await bundleOf(world, [a, b], { names: 'kept' }),
    ].map(({ bundle }) => bundle.root);
    expect(new Set([...roots, ...others]).size).toBe(5);
  });

  it('says before it is written about how large it becomes', async () => {
    const world = newWorld('a');
    const id = await evaluatedRun(world, {}, { seed: 3 });
    const options = { runs: [id], withModels: true, withPredictions: true };
    const { bundle } = await bundleOf(world, [id], options);
    const bytes = bundle.entries.reduce((sum, each) => sum + each.bytes, 0);
    const guess = await bundleSize(world, options);
    expect(guess.models).toBe(1);
    expect(Math.abs(guess.bytes - bytes) / bytes).toBeLessThan(0.2);
    expect((await bundleSize(world, { ...options, withModels: false })).bytes).toBeLessThan(guess.bytes);
  });

  it('refuses a run of the same id with other content and names it, and takes in none of the others', async () => {
    const [from, to] = [newWorld('a'), newWorld('a')];
    const id = await evaluatedRun(from);
    const other = await evaluatedRun(from);
    expect(addRun(to.records, { losses: [0.1] })).toBe(id);
    const { path } = await bundleOf(from, [id, other]);
    await expect(take(to, path)).rejects.toMatchObject({ code: 'bundle/conflict', facts: { run: id, what: 'epochs' } });
    expect(to.records.runs.find(other)).toBeUndefined();
    expect(existsSync(keptFolder(to.state, other))).toBe(false);
  });

  it('does not export a run that is running, nor import one that is being deleted', async () => {
    const [from, to] = [newWorld('a'), newWorld('b')];
    const id = await evaluatedRun(from);
    const { path } = await bundleOf(from, [id]);
    await take(to, path);
    to.records.runDeletions.hide([id], 'token');
    await expect(take(to, path)).rejects.toMatchObject({ code: 'bundle/deleting' });
    const running = from.records.runs.start({
      ...from.records.runs.get(id),
      kind: 'train',
      datasetHash: undefined,
      splitHash: undefined,
      contractHash: undefined,
      backboneHash: undefined,
      parent: undefined,
      dataVersion: undefined,
    });
    await expect(bundleOf(from, [running])).rejects.toMatchObject({ code: 'run/running' });
    expect(readdirSync(join(from.state, 'tmp'))).toEqual([]);
  });
});

describe('a run from a tracking server', () => {
  it('goes along with figures under names that are none of ours, and says that it came by a bundle', async () => {
    const [from, to] = [newWorld('a'), newWorld('b')];
    const origin = { from: 'mlflow', server: 'http://127.0.0.1:5000', experiment: 'ct', run: 'f00' } as const;
    const facts = {
      kind: 'imported',
      name: 'theirs',
      params: { lr: '0.1' },
      codeVersion: '',
      environment: {},
    } as const;
    const times = { startedAt: now, endedAt: null, outcome: 'completed' } as const;
    from.records.runs.adopt({ ...facts, ...times, id: 'remote-1', leaky: false, origin });
    const unknown = { learning_rate: null, loss: 0.5, accuracy: null, balanced_accuracy: null, elapsed_ms: null };
    const metrics = { ...epochRow(1), ...unknown };
    from.records.epochs.addMany('remote-1', [{ fold: 0, metrics, others: { val_auc: 0.75, gone: null } }]);
    const { path, bundle } = await bundleOf(from, ['remote-1']);
    await take(to, path);
    expect(to.records.epochs.list('remote-1')).toEqual(from.records.epochs.list('remote-1'));
    expect(to.records.runs.get('remote-1').origin).toEqual({ from: 'bundle', root: bundle.root, run: 'remote-1' });
    expect((await bundleOf(to, ['remote-1'])).bundle.root).toBe(bundle.root);
  });
});

describe('names in a bundle', () => {
  it('are left out: no file, scan or patient is named anywhere, and equal ones stay equal', async () => {
    const world = newWorld('a');
    const params = { seed: 7, backbone: { name: 'lite', weights: `/home/${patient}/weights` } };
    const [a, b] = [await evaluatedRun(world, { run: { params } }), await evaluatedRun(world)];
    const { path, bundle } = await bundleOf(world, [a, b]);
    expect(bundle.names).toBe('replaced');
    const texts = await withArchive(path, async (archive) => {
      const read: [string, string][] = [];
      for (const name of archive.names) read.push([name, (await archive.read(name, 1e6)).toString('utf8')]);
      return new Map(read);
    });
    expect([...texts.values()].join('\n')).not.toContain(patient);
    const predictions = [a, b].map((id) => texts.get(`runs/${id}/predictions.csv`));
    expect(predictions[0]).toBe(predictions[1]);
    expect(predictions[0]).toMatch(
      /^image-[0-9a-f]{20},scan-[0-9a-f]{20},group-[0-9a-f]{20},Cyst,Cyst,0\.01,1e-7,0\.5$/m,
    );
    // The weights that the program itself wrote are named.
    expect(texts.get(`runs/${a}/record.json`)).toContain('artifacts/model/weights.bin');
    const training = texts.get(`runs/${a}/training.json`) ?? '';
    const [, group] = /"group":"(group-[0-9a-f]{20})"/.exec(training) ?? [];
    expect(predictions[0]).toContain(`,${group},`);
  });

  it('cannot be guessed from another workspace, and stay as they are when they are sent on', async () => {
    const [from, to] = [newWorld('a'), newWorld('b')];
    const id = await evaluatedRun(from);
    const first = await bundleOf(from, [id]);
    await take(to, first.path);
    const second = await bundleOf(to, [id]);
    const same = ({ entries }: typeof first.bundle) =>
      entries.find(({ path }) => path.endsWith('predictions.csv'))?.sha256;
    expect(same(second.bundle)).toBe(same(first.bundle));
    const elsewhere = newWorld('c');
    const other = await evaluatedRun(elsewhere);
    expect(same((await bundleOf(elsewhere, [other])).bundle)).not.toBe(same(first.bundle));
  });
});
