import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importRuns } from '../../../src/main/interop/mlflow/import/import-runs.ts';
import { epochKey } from '../../../src/main/interop/mlflow/picture.ts';
import { syncRuns } from '../../../src/main/interop/mlflow/sync.ts';
import { readKeptSeal } from '../../../src/main/studies/kept-files.ts';
import { epochRow, temporaryFolder } from '../../helpers/records.ts';
import { evaluatedRun, newWorld, patient, storeOf, type World } from '../../main/interop/bundle/world.ts';
import { toolsFor } from '../../main/interop/mlflow/world.ts';
import { askClient, type MlflowServer, mlflowServer, python } from './peer.ts';

const runsSchema = z.array(
  z.object({
    name: z.string(),
    status: z.string(),
    params: z.record(z.string(), z.string()),
    tags: z.record(z.string(), z.string()),
    histories: z.record(z.string(), z.array(z.tuple([z.int(), z.number(), z.int()]))),
    datasets: z.array(z.string()),
    files: z.array(z.string()),
  }),
);
const modelSchema = z.object({ version: z.coerce.string(), tags: z.record(z.string(), z.string()), path: z.string() });

const [runs, epochs, folds] = [20, 50, 2];
const folder = mkdtempSync(join(tmpdir(), 'hilum-mlflow-'));
let server: MlflowServer;

describe.skipIf(python === undefined)('a real MLflow server', () => {
  beforeAll(async () => {
    server = await mlflowServer(folder);
    await server.start();
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has 20 runs of 50 epochs as they were recorded, though it was killed in the middle', async () => {
    const world = newWorld('peer');
    for (let each = 0; each < runs; each++) await addRun(world, each);
    const tools = () => toolsFor(server, world, { timeoutMs: 20_000, experiment: 'Niere ü (CT)' });
    const killed = syncRuns(
      tools(),
      { all: false },
      new AbortController().signal,
      ({ done }) => {
        if (done === 8) server.kill();
      },
      [],
    );
    await expect(killed).rejects.toMatchObject({ code: 'tracking/unreachable' });
    await server.start();
    const rest = await syncRuns(tools(), { all: false }, new AbortController().signal);
    expect(rest.sent.length + rest.upToDate).toBe(runs);
    expect(rest.sent.length).toBeGreaterThanOrEqual(runs - 8);
    expect(await syncRuns(tools(), { all: false }, new AbortController().signal)).toMatchObject({
      sent: [],
      upToDate: runs,
    });

    const found = runsSchema.parse(await askClient(server.url, 'read', 'Niere ü (CT)'));
    expect(found).toHaveLength(runs);
    for (const record of world.records.runs.list()) {
      const remote = found.find(({ tags }) => tags['hilum.run_id'] === record.id);
      expect(remote).toMatchObject({
        name: record.name,
        status: 'FINISHED',
        params: { 'training.epochs': '3', 'head.hidden': '[64]' },
      });
      const got = Object.entries(remote?.histories ?? {}).flatMap(([key, points]) =>
        points.map(([step, value]) => [key, step, value]),
      );
      expect(got.sort()).toEqual(wantedPoints(world, record.id).sort());
      expect(remote?.datasets).toEqual(['d'.repeat(36)]);
      expect(remote?.files).toContain('metrics.json');
      expect(JSON.stringify(remote)).not.toContain(patient);
    }
  });

  it('gives the champion to whoever asks by alias', async () => {
    const world = newWorld('model');
    const run = await evaluatedRun(world, {}, { seed: 5 });
    const seal = (await readKeptSeal(world.state, run)) ?? '';
    world.records.modelVersions.register(seal, run);
    world.records.promotions.add({
      alias: 'champion',
      version: 1,
      previous: null,
      deed: 'promote',
      gates: [],
      override: null,
      reader: 'r',
    });
    const tools = toolsFor(server, world, { timeoutMs: 20_000, experiment: 'kidney model' });
    await syncRuns(tools, { all: false }, new AbortController().signal);
    const { tags, path } = modelSchema.parse(await askClient(server.url, 'model', 'kidney model', temporaryFolder()));
    expect(tags['hilum.seal']).toBe(seal);
    const stored = join(storeOf(world), seal);
    expect(readdirSync(path).sort()).toEqual(readdirSync(stored).sort());
    for (const name of readdirSync(stored))
      expect(readFileSync(join(path, name))).toEqual(readFileSync(join(stored, name)));
  });

  it('gives runs that its own client logged', async () => {
    const ids = z.array(z.string()).parse(await askClient(server.url, 'log'));
    const world = newWorld('import');
    const { api } = toolsFor(server, world, { timeoutMs: 20_000 });
    const { added, ownRuns } = await importRuns(api, world.records, {});
    expect(added).toHaveLength(ids.length);
    expect(ownRuns).toBe(runs + 1);
    const run = world.records.runs.list().find(({ name }) => name === 'keras 1');
    expect(run).toMatchObject({
      params: { lr: 0.02, optimizer: 'adam' },
      outcome: 'completed',
      origin: { experiment: 'lab' },
    });
    const curve = world.records.epochs
      .list(run?.id ?? '')
      .map(({ metrics, others }) => [metrics.epoch, metrics.loss, metrics.validation_loss, others?.dice]);
    expect(curve).toEqual(
      Array.from({ length: 10 }, (_, step) => [step + 1, 1 / (step + 1), 1.5 / (step + 1), step / 10]),
    );
    expect(await importRuns(api, world.records, { experiments: ['lab'] })).toMatchObject({ added: [], known: 2 });
  });
});

async function addRun(world: World, number: number): Promise<void> {
  const id = await evaluatedRun(world, {
    run: { name: `run ${number}` },
    figures: { 'scan/balanced_accuracy': 0.5 + number / 100, 'scan/log_loss': null },
  });
  // One with folds: each of their figures is a metric of its own, which the client reads one by one.
  for (let fold = 0; fold <= (number === 0 ? folds : 0); fold++) {
    const rows = Array.from({ length: epochs }, (_, at) => ({
      fold,
      metrics: { ...epochRow(at + 1), loss: Math.PI / (at + 1 + number) },
    }));
    world.records.epochs.addMany(id, rows);
  }
}

/** Every value of a run as name, step and value. */
function wantedPoints({ records }: World, run: string): (readonly [string, number, number])[] {
  const points: (readonly [string, number, number])[] = [];
  for (const { fold, metrics } of records.epochs.list(run)) {
    const { epoch, ...figures } = metrics;
    for (const [name, value] of Object.entries(figures))
      if (value !== null) points.push([epochKey(fold, name), epoch, value]);
  }
  for (const { name, value } of records.runMetrics.list(run)) if (value !== null) points.push([name, 0, value]);
  return points;
}
