import { describe, expect, it } from 'vitest';
import { pushRun } from '../../../../src/main/interop/mlflow/push-run.ts';
import { sweepJournal } from '../../../../src/main/studies/sweep/journal.ts';
import { paramsSchema } from '../../../../src/pipeline/domain/params.ts';
import { sweepSchema } from '../../../../src/pipeline/domain/sweep.ts';
import { type FakeMlflow, fakeMlflow } from '../../../helpers/fake-mlflow.ts';
import { addRun } from '../../../helpers/runs.ts';
import { evaluatedRun, newWorld, patient, type World } from '../bundle/world.ts';
import { addEpochs, doubles, sync, toolsFor } from './world.ts';

const only = <T>(all: Iterable<T>): T => {
  const [first, ...others] = all;
  if (first === undefined || others.length > 0) throw new Error(`one expected, ${others.length + 1} found`);
  return first;
};

async function synced(fake: FakeMlflow, world: World) {
  return sync(toolsFor(fake, world));
}

describe('mlflow sync', () => {
  it('sends params, epochs of model and folds, figures with intervals, tags, dataset, files and status', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('a')];
    const id = await evaluatedRun(world, { losses: [0.9, 0.5] }, { seed: 3 });
    addEpochs(world, id, 2, 3);
    world.records.runMetrics.set(id, { 'slice/Tumor (benign)/sensitivity': { value: 0.5, low: 0.25, high: 0.75 } });
    world.records.runs.label(id, { notes: { before: '', after: 'second reader' } });
    const { sent } = await synced(fake, world);
    expect(sent).toHaveLength(1);
    const run = only(fake.runs.values());
    expect(run).toMatchObject({ name: 'plain', status: 'FINISHED' });
    expect(run.params.get('training.epochs')).toBe('3');
    expect(run.params.get('head.hidden')).toBe('[64]');
    expect(run.tags.get('hilum.run_id')).toBe(id);
    expect(run.tags.get('mlflow.note.content')).toBe('second reader');
    expect(run.tags.get('hilum.notice')).toBe('Research use only. Not for diagnosis.');
    const of = (key: string) => run.points.filter((point) => point.key === key).map(({ step, value }) => [step, value]);
    expect(of('validation_loss')).toEqual([
      [1, 0.9],
      [2, 0.5],
    ]);
    expect(of('fold3/loss')).toHaveLength(2);
    expect(of('scan/balanced_accuracy')).toEqual([[0, 0.75]]);
    const mapped = run.points.map(({ key }) => key).filter((key) => key.startsWith('slice/Tumor'));
    expect(mapped).toHaveLength(3);
    expect(run.tags.get('hilum.mapped_names')).toContain('Tumor (benign)');
    expect(run.datasets).toHaveLength(1);
    const files = [...fake.files.keys()].map((path) => path.split('/artifacts/')[1]);
    expect(files).toEqual(expect.arrayContaining(['metrics.json', 'model/seal.json', 'model/model.onnx']));
  });

  it('twice adds nothing and asks for next to nothing', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('b')];
    for (let each = 0; each < 3; each++) await evaluatedRun(world, {}, { seed: 3 });
    await synced(fake, world);
    const before = JSON.stringify([...fake.runs.values()].map((run) => [run, [...run.params], [...run.tags]]));
    const asked = fake.requests.length;
    const again = await synced(fake, world);
    expect(again).toMatchObject({ sent: [], upToDate: 3, leftOut: [], refused: [] });
    expect(JSON.stringify([...fake.runs.values()].map((run) => [run, [...run.params], [...run.tags]]))).toBe(before);
    expect(fake.requests.slice(asked).map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET /api/2.0/mlflow/experiments/get',
    ]);
  });

  it('[privacy] never sends names of files or patients unless it was asked to', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('c')];
    await evaluatedRun(world, {}, { seed: 3 });
    await synced(fake, world);
    expect(fake.requests.some(({ path, body }) => `${path}${body}`.includes(patient))).toBe(false);
    await sync(toolsFor(fake, world, { artefacts: 'all' }));
    expect(fake.requests.some(({ body }) => body.includes(patient))).toBe(true);
  });

  it('finds its run again when the link was lost, and sends no point twice', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('d')];
    const id = await evaluatedRun(world, { losses: [0.9, 0.5, 0.4] });
    await synced(fake, world);
    const points = only(fake.runs.values()).points.length;
    world.records.trackingLinks.drop(fake.url, id);
    world.records.epochs.add(id, 0, { ...only(world.records.epochs.list(id).slice(-1)).metrics, epoch: 4 });
    const again = await synced(fake, world);
    const run = only(fake.runs.values());
    expect(doubles(run)).toEqual([]);
    expect(run.points.length).toBeGreaterThan(points);
    expect(only(again.sent).points).toBe(run.points.length - points);
  });

  it('figures that were measured again stand one step on', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('e')];
    const id = addRun(world.records, { figures: { 'scan/auc': 0.9 } });
    await synced(fake, world);
    world.records.runMetrics.set(id, { 'scan/auc': { value: 0.7, low: null, high: null } });
    await synced(fake, world);
    expect(only(fake.runs.values()).points.map(({ step, value }) => [step, value])).toEqual([
      [0, 0.9],
      [1, 0.7],
    ]);
  });

  it('leaves a run alone that somebody deleted on the server', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('f')];
    const id = addRun(world.records, { losses: [0.5] });
    await synced(fake, world);
    only(fake.runs.values()).deleted = true;
    world.records.runTags.change(id, ['new'], []);
    expect((await synced(fake, world)).leftOut).toEqual([{ run: id, why: 'deleted there' }]);
    expect(fake.runs.size).toBe(1);
  });

  it('a server that was set up anew gets everything again', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('g')];
    addRun(world.records, { losses: [0.5] });
    await synced(fake, world);
    fake.runs.clear();
    fake.experiments.clear();
    expect((await synced(fake, world)).sent).toHaveLength(1);
    expect(fake.runs.size).toBe(1);
  });

  it('does not send back what came from this server', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('h')];
    const origin = { from: 'mlflow', server: fake.url, experiment: 'x', run: 'y' } as const;
    const facts = { kind: 'imported', name: 'n', params: {}, codeVersion: '', environment: {}, leaky: false } as const;
    const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, outcome: 'completed' } as const;
    world.records.runs.adopt({ ...facts, ...times, id: 'imported-1', origin });
    expect(await sync(toolsFor(fake, world), true)).toMatchObject({ sent: [], upToDate: 0 });
    expect(fake.runs.size).toBe(0);
  });

  it('sends what is left when it was cut off at any request, and nothing twice', async () => {
    const whole = await fakeMlflow();
    const first = newWorld('i');
    const id = await evaluatedRun(first, { losses: [0.9, 0.5, 0.4] });
    addEpochs(first, id, 3, 2);
    await synced(whole, first);
    const wanted = only(whole.runs.values());
    const count = whole.requests.length;
    for (const fault of ['cut before', 'cut after', { status: 503 }] as const) {
      for (let at = 1; at <= count; at += fault === 'cut after' ? 1 : 4) {
        const fake = await fakeMlflow();
        const world = newWorld('i');
        const run = await evaluatedRun(world, { losses: [0.9, 0.5, 0.4] });
        addEpochs(world, run, 3, 2);
        fake.fault = (_request, number) => (number === at ? fault : undefined);
        await expect(synced(fake, world), `request ${at}, ${JSON.stringify(fault)}`).rejects.toMatchObject({
          code: 'tracking/unreachable',
        });
        await synced(fake, world);
        const got = only(fake.runs.values());
        expect(doubles(got), `request ${at}`).toEqual([]);
        expect(byPlace(got)).toEqual(byPlace(wanted));
        expect([...got.params]).toEqual([...wanted.params]);
        expect(new Map(got.tags)).toEqual(new Map(wanted.tags));
        expect({ status: got.status, datasets: got.datasets }).toEqual({
          status: wanted.status,
          datasets: wanted.datasets,
        });
        expect(fake.files.size).toBe(whole.files.size);
        expect((await synced(fake, world)).sent).toEqual([]);
      }
    }
  });

  it('a run under way is sent as far as it is, then to its end', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('j')];
    const run = world.records.runs.start({
      kind: 'train',
      name: 'long',
      params: {},
      codeVersion: '1',
      environment: {},
      leaky: true,
    });
    addEpochs(world, run, 2);
    const tools = toolsFor(fake, world);
    await pushRun(tools, run);
    expect(only(fake.runs.values()).status).toBe('RUNNING');
    addEpochs(world, run, 5);
    world.records.runs.finish(run, 'cancelled');
    await pushRun(tools, run);
    const remote = only(fake.runs.values());
    expect(remote.status).toBe('KILLED');
    expect(remote.points.filter(({ key }) => key === 'loss').map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(remote.tags.get('mlflow.note.content')).toMatch(/^LEAKY/);
  });

  it('puts the runs of a sweep below one run, which ends when the sweep does', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('s')];
    const journal = sweepJournal(world.records);
    const definition = sweepSchema.parse({ name: 'dropout', search: { head: { dropout: [0.2, 0.4] } } });
    const candidates = [{ changes: { 'head.dropout': 0.2 } }, { changes: { 'head.dropout': 0.4 } }];
    const data = { datasetHash: 'd'.repeat(64), splitHash: '5'.repeat(64), protocol: 'holdout' } as const;
    const rungs = [{ share: 1, candidates: 2 }];
    const id = journal.begin({
      definition,
      params: paramsSchema.parse({}),
      candidates,
      rungs,
      allowLeak: false,
      ...data,
    });
    const end = {
      rung: 0,
      epochs: 0,
      bestEpoch: 0,
      finished: true,
      failed: 'training/diverged',
      heldOut: null,
    } as const;
    for (const candidate of [0, 1]) {
      const run = addRun(world.records, { run: { name: `dropout #${candidate + 1}`, parent: id }, losses: [0.5] });
      if (candidate === 1) await synced(fake, world);
      journal.measured(journal.read(id), { ...end, candidate, run });
    }
    const parent = [...fake.runs.values()].find(({ tags }) => tags.get('hilum.run_id') === id);
    expect(parent).toMatchObject({ name: 'dropout', status: 'RUNNING' });
    const children = [...fake.runs.values()].filter((run) => run !== parent);
    expect(children.map(({ tags }) => tags.get('mlflow.parentRunId'))).toEqual([parent?.id, parent?.id]);
    await synced(fake, world);
    expect(parent?.status).toBe('FINISHED');
    expect(fake.runs.size).toBe(3);
  });

  it('registers versions with the aliases as they stand, once', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('k')];
    const { records } = world;
    const seals: string[] = [];
    for (const seed of [3, 4]) {
      const run = await evaluatedRun(world, {}, { seed });
      const seal = await sealOfRun(world, run);
      records.modelVersions.register(seal, run);
      seals.push(seal);
    }
    const move = { deed: 'promote', gates: [], override: null, reader: 'r' } as const;
    records.promotions.add({ ...move, alias: 'champion', version: 2, previous: null });
    await synced(fake, world);
    const model = fake.models.get('kidney');
    expect(model?.versions.map(({ tags }) => tags.find(({ key }) => key === 'hilum.seal')?.value)).toEqual(seals);
    expect([...(model?.aliases ?? [])]).toEqual([['champion', '2']]);
    records.promotions.add({ ...move, deed: 'clear', alias: 'champion', version: null, previous: 2 });
    records.promotions.add({ ...move, alias: 'challenger', version: 1, previous: null });
    expect((await synced(fake, world)).models).toMatchObject({ versions: 0, aliases: 2 });
    expect([...(model?.aliases ?? [])]).toEqual([['challenger', '1']]);
    expect((await synced(fake, world)).models).toMatchObject({ versions: 0, aliases: 0 });
  });
});

async function sealOfRun(world: World, run: string): Promise<string> {
  const { readKeptSeal } = await import('../../../../src/main/studies/kept-files.ts');
  const seal = await readKeptSeal(world.state, run);
  if (seal === null) throw new Error('no model');
  return seal;
}

function byPlace({ points }: { readonly points: readonly { key: string; step: number; value: unknown }[] }) {
  return Object.fromEntries(points.map(({ key, step, value }) => [`${key}@${step}`, value]).sort());
}
