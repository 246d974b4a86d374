import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochsFrom, mostEpochs } from '../../../../src/main/interop/mlflow/import/epochs.ts';
import { importRuns } from '../../../../src/main/interop/mlflow/import/import-runs.ts';
import { recordedEpochSchema } from '../../../../src/pipeline/protocol.ts';
import { type FakeMlflow, type FakeRun, fakeMlflow } from '../../../helpers/fake-mlflow.ts';
import { addRun } from '../../../helpers/runs.ts';
import { newWorld } from '../bundle/world.ts';
import { sync, toolsFor } from './world.ts';

function foreignRun(fake: FakeMlflow, given: Partial<FakeRun> & { readonly points: FakeRun['points'] }): void {
  if (fake.experiments.size === 0) fake.experiments.set('1', { name: 'lab', deleted: false });
  const id = String(fake.runs.size + 100).padStart(32, 'f');
  const known = {
    id,
    experiment: '1',
    name: 'keras',
    status: 'FINISHED',
    start: 1000,
    end: 9000,
    deleted: false,
    datasets: [],
  };
  fake.runs.set(id, { ...known, params: new Map(), tags: new Map(), ...given });
}

const curve = (key: string, values: readonly (number | string)[]) =>
  values.map((value, step) => ({ key, value, step, timestamp: 1000 + step * 500 }));

describe('mlflow import', () => {
  it('brings in params, curves under our names, figures, tags, times and outcome, once', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('a')];
    foreignRun(fake, {
      params: new Map([
        ['lr', '0.001'],
        ['optimizer', 'adam'],
      ]),
      tags: new Map([
        ['team', 'uro'],
        ['mlflow.note.content', 'baseline'],
        ['mlflow.user', 'somebody'],
      ]),
      points: [
        ...curve('val_loss', [0.9, 0.5]),
        ...curve('loss', [1, 'NaN']),
        ...curve('dice', [0.1, 0.2]),
        ...curve('test_auc', [0.75]),
      ],
    });
    const { api } = toolsFor(fake, world);
    const { added } = await importRuns(api, world.records, {});
    const [id = ''] = added;
    const run = world.records.runs.get(id);
    expect(run).toMatchObject({
      ...{ kind: 'imported', name: 'keras', outcome: 'completed', notes: 'baseline' },
      startedAt: '1970-01-01T00:00:01.000Z',
      endedAt: '1970-01-01T00:00:09.000Z',
      params: { lr: 0.001, optimizer: 'adam' },
      origin: { from: 'mlflow', server: fake.url, experiment: 'lab' },
    });
    expect(world.records.runTags.of(id)).toEqual(['team: uro']);
    const epochs = world.records.epochs.list(id);
    expect(
      epochs.map(({ metrics }) => [metrics.epoch, metrics.loss, metrics.validation_loss, metrics.elapsed_ms]),
    ).toEqual([
      [1, 1, 0.9, 0],
      [2, null, 0.5, 500],
    ]);
    expect(epochs.map(({ others }) => others?.dice)).toEqual([0.1, 0.2]);
    const figures = new Map(world.records.runMetrics.list(id).map(({ name, value }) => [name, value]));
    expect(figures.get('test_auc')).toBe(0.75);
    expect(world.records.runCurves.ofFigure('validation_loss')).toMatchObject([{ run: id, lowest: 0.5, last: 0.5 }]);
    expect(await importRuns(api, world.records, {})).toEqual({ added: [], known: 1, ownRuns: 0 });
  });

  it('leaves out runs that Hilum made', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('b')];
    addRun(world.records, { losses: [0.5] });
    await sync(toolsFor(fake, world));
    expect(await importRuns(toolsFor(fake, world).api, world.records, {})).toEqual({ added: [], known: 0, ownRuns: 1 });
  });

  it('names an experiment or run that is not there', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('c')];
    const { api } = toolsFor(fake, world);
    await expect(importRuns(api, world.records, { experiments: ['x'] })).rejects.toMatchObject({
      code: 'tracking/unknown-experiment',
    });
    await expect(importRuns(api, world.records, { runs: ['x'] })).rejects.toMatchObject({
      code: 'tracking/unknown-run',
    });
  });

  it('a run is brought in whole or not at all', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('d')];
    foreignRun(fake, { points: curve('loss', [1, 2]) });
    fake.fault = ({ path }) => (path.includes('get-history') ? 'cut before' : undefined);
    const { api } = toolsFor(fake, world);
    await expect(importRuns(api, world.records, {})).rejects.toMatchObject({ code: 'tracking/unreachable' });
    expect(world.records.runs.list()).toEqual([]);
    fake.fault = () => undefined;
    expect((await importRuns(api, world.records, {})).added).toHaveLength(1);
  });
});

describe('epochs of any history', () => {
  const point = fc.record({
    key: fc.constant('x'),
    value: fc.double(),
    timestamp: fc.nat(2 ** 40),
    step: fc.integer({ min: -5, max: 10_000 }),
  });
  const histories = fc.array(
    fc.tuple(fc.constantFrom('loss', 'val_loss', 'a b', 'elapsed_ms', 'epoch', '__proto__'), fc.array(point)),
  );

  it('can be recorded: steps rise, nothing but numbers and null', async () => {
    await fc.assert(
      fc.property(histories, (all) => {
        const epochs = epochsFrom(new Map(all));
        const steps = epochs.map(({ metrics }) => recordedEpochSchema.parse(metrics).epoch);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        for (const { others } of epochs) {
          for (const value of Object.values(others ?? {})) expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }),
      { seed: 20260301, numRuns: 200 },
    );
  });

  it('are thinned out with first and last kept', () => {
    const points = Array.from({ length: 5000 }, (_, step) => ({ key: 'loss', value: step, timestamp: step, step }));
    const epochs = epochsFrom(new Map([['loss', points]]));
    expect(epochs).toHaveLength(mostEpochs);
    expect([epochs.at(0)?.metrics.loss, epochs.at(-1)?.metrics.loss]).toEqual([0, 4999]);
  });
});
