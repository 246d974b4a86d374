import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveLog, type LivePace } from '../../../../src/main/interop/mlflow/live.ts';
import { configSchema } from '../../../../src/pipeline/domain/params.ts';
import { eventually } from '../../../helpers/eventually.ts';
import { fakeMlflow } from '../../../helpers/fake-mlflow.ts';
import { newWorld, type World } from '../bundle/world.ts';
import { addEpochs, doubles, sync, toolsFor } from './world.ts';

const quick: Partial<LivePace> = { lookMs: 5, restMs: 5, longestRestMs: 20, timeoutMs: 500 };

function follow(world: World, url: string, pace: Partial<LivePace> = {}) {
  const said: string[] = [];
  const env = { MLFLOW_TRACKING_URI: url, MLFLOW_EXPERIMENT_NAME: 'kidney', MLFLOW_TRACKING_TOKEN: 't' };
  const live = new LiveLog({
    ...{ env, study: () => world.study, now: () => '2026-03-01T12:00:00.000Z' },
    say: (line) => void said.push(line),
    pace: { ...quick, ...pace },
  });
  onTestFinished(() => live.stop());
  return { live, said };
}

const start = ({ records }: World): string =>
  records.runs.start({ kind: 'train', name: 'live', params: {}, codeVersion: '1', environment: {}, leaky: false });

describe('live logging', () => {
  it('sends epochs while they come and the end when the command ends, nothing twice', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('a')];
    const { live, said } = follow(world, fake.url);
    const run = start(world);
    addEpochs(world, run, 2);
    await eventually(() => [...fake.runs.values()][0]?.points.some(({ step }) => step === 2)).toBe(true);
    addEpochs(world, run, 6);
    world.records.runs.finish(run, 'completed');
    await live.close();
    const [remote] = fake.runs.values();
    expect(remote?.status).toBe('FINISHED');
    expect(remote === undefined ? [] : doubles(remote)).toEqual([]);
    expect(remote?.points.filter(({ key }) => key === 'loss')).toHaveLength(6);
    expect(said).toEqual([]);
    expect((await sync(toolsFor(fake, world))).sent).toEqual([]);
  });

  it('a server that is not there is told once, and sync sends everything later', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('b')];
    fake.fault = () => 'cut before';
    const { live, said } = follow(world, fake.url);
    const run = start(world);
    await eventually(() => fake.requests.length).toBeGreaterThan(3);
    world.records.runs.finish(run, 'completed');
    await live.close();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/Training goes on/);
    fake.fault = () => undefined;
    expect((await sync(toolsFor(fake, world))).sent).toHaveLength(1);
  });

  it('does not wait at the end for a server that never answered', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('c')];
    fake.fault = () => 'hang';
    const { live } = follow(world, fake.url, { timeoutMs: 600_000, graceMs: 1000 });
    start(world);
    await eventually(() => fake.requests.length).toBeGreaterThan(0);
    await live.close();
    expect(fake.requests).toHaveLength(1);
  });

  it('a server that hangs in the middle is given up, and what hung is asked for before it is sent again', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('d')];
    const { live } = follow(world, fake.url, { graceMs: 100 });
    const run = start(world);
    addEpochs(world, run, 2);
    await eventually(() => world.records.trackingLinks.get(fake.url, run)?.state.epochs).toEqual({ 0: 2 });
    fake.fault = ({ path }) => (path.endsWith('log-batch') ? 'cut after' : undefined);
    addEpochs(world, run, 4);
    const arrived = () => [...fake.runs.values()][0]?.points.some(({ step }) => step === 4);
    await eventually(() => arrived()).toBe(true);
    live.stop();
    fake.fault = () => undefined;
    world.records.runs.finish(run, 'completed');
    await sync(toolsFor(fake, world));
    const [remote] = fake.runs.values();
    expect(remote?.points.filter(({ key }) => key === 'loss').map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  it('takes up what an earlier process left under way', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('e')];
    const run = start(world);
    const first = follow(world, fake.url);
    await eventually(() => world.records.trackingLinks.get(fake.url, run)?.state.open).toBe(false);
    first.live.stop();
    world.records.runs.finish(run, 'interrupted');
    const second = follow(world, fake.url);
    await eventually(() => [...fake.runs.values()][0]?.status).toBe('KILLED');
    await second.live.close();
    expect(fake.runs.size).toBe(1);
  });

  it('an address that cannot be used is told and stops nothing', async () => {
    const world = newWorld('f');
    const { live, said } = follow(world, 'databricks');
    start(world);
    await live.close();
    expect(said).toHaveLength(1);
  });

  it('leaves alone what was brought in from elsewhere', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('h')];
    const { live } = follow(world, fake.url);
    const facts = { kind: 'imported', name: 'n', params: {}, codeVersion: '', environment: {}, leaky: false } as const;
    const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, outcome: 'completed' } as const;
    world.records.runs.adopt({ ...facts, ...times, id: 'far-1', origin: { from: 'bundle', root: 'r', run: 'far-1' } });
    await live.close();
    expect(fake.runs.size).toBe(0);
  });

  it('stays silent where config.yaml says so', async () => {
    const [fake, world] = [await fakeMlflow(), newWorld('g')];
    const config = configSchema.parse({ tracking: { live: false } });
    const study = { ...world.study, workspace: { ...world.study.workspace, config } };
    const { live } = follow({ ...world, study }, fake.url);
    start(world);
    await live.close();
    expect(fake.requests).toEqual([]);
  });
});
