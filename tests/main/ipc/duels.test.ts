import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../../src/main/records/index.ts';
import { keptFolder, keptNames } from '../../../src/main/studies/kept.ts';
import { predictionTable } from '../../../src/pipeline/stages/prediction-table.ts';
import { type TestCore, testCore, testFolder } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addRun } from '../../helpers/runs.ts';
import { randomPredictions } from '../../pipeline/metrics/predictions.ts';

beforeAll(buildHilum);

const classes = ['Cyst', 'Normal', 'Stone'];
const shape = { groups: 9, slicesPerGroup: 4, classes: classes.length };
const poor = randomPredictions(1, { ...shape, skill: 0.2 });
const good = poor.map((each) => ({ ...each, probabilities: classes.map((_, k) => (k === each.truth ? 0.8 : 0.1)) }));

/** A workspace with runs `id-1` (poor), `id-2` (right everywhere), `id-3` (never evaluated) and `id-4` (on other data). */
async function coreWithRuns(): Promise<TestCore> {
  const folder = await testFolder();
  const root = join(folder, 'study');
  const state = join(root, '.hilum');
  mkdirSync(state, { recursive: true });
  writeFileSync(join(root, 'config.yaml'), '');
  writeFileSync(join(root, 'params.yaml'), 'evaluation:\n  resamples: 100\n');
  let ids = 0;
  const records = openRecords(join(state, 'hilum.db'), { newId: () => `id-${++ids}` });
  for (const name of ['poor', 'good', 'raw']) addRun(records, { run: { name } });
  addRun(records, { run: { name: 'elsewhere', datasetHash: 'e'.repeat(64) } });
  records.close();
  for (const [id, predictions] of [
    ['id-1', poor],
    ['id-2', good],
    ['id-4', good],
  ] as const) {
    mkdirSync(keptFolder(state, id), { recursive: true });
    writeFileSync(join(keptFolder(state, id), keptNames.predictions), predictionTable(predictions, classes));
  }
  return testCore({ folder, workspace: root });
}

describe('duels', () => {
  it('are fought once, recorded, and told as a sentence and a page', async () => {
    const { ask, workers, delivered } = await coreWithRuns();
    const first = await ask('duels/get', { a: 'id-1', b: 'id-2' });
    expect(first).toMatchObject({ a: 'poor', b: 'good', ids: { a: 'id-1', b: 'id-2' }, warnings: [] });
    expect(first.sentence).toMatch(/^"good" is better than "poor": balanced accuracy by scan \+0\.\d+ \[\+/);
    expect(first.duel.scan.broken.total).toBe(0);
    expect(first.duel.slice.fixed.total).toBeGreaterThan(0);
    expect(first.duel.compared).toEqual({ images: 36, scans: expect.any(Number), groups: 9 });
    expect(await ask('duels/get', { a: 'id-1', b: 'id-2' })).toEqual(first);
    const back = await ask('duels/get', { a: 'id-2', b: 'id-1' });
    expect(back.duel.scan.figures.accuracy.verdict).toBe('worse');
    await ask('duels/export', { a: 'id-1', b: 'id-2' });
    expect(delivered.get('hilum-duel-id-1-id-2.html')).toContain('Research use only. Not for diagnosis.');
    expect(workers).toHaveLength(1);
  });

  it('are refused with a code where they would mean nothing', async () => {
    const { ask } = await coreWithRuns();
    const refused = (a: string, b: string) => expect(ask('duels/get', { a, b })).rejects;
    await refused('id-1', 'id-1').toMatchObject({ code: 'duel/itself' });
    await refused('id-1', 'id-4').toMatchObject({ code: 'duel/different-data' });
    await refused('id-1', 'id-3').toMatchObject({ code: 'run/no-predictions' });
    await refused('id-1', 'id-9').toMatchObject({ code: 'run/unknown' });
  });
});
