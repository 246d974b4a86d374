import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addModel } from '../../src/main/models/store.ts';
import { openRecords } from '../../src/main/records/index.ts';
import { notice } from '../../src/pipeline/domain/outcome.ts';
import { type RunFigures, runFiguresSchema } from '../../src/pipeline/domain/run-figures.ts';
import { predictionTable } from '../../src/pipeline/stages/prediction-table.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { temporaryFolder } from '../helpers/records.ts';
import { addRun, sampleMetrics } from '../helpers/runs.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';
import { randomPredictions } from '../pipeline/metrics/predictions.ts';

beforeAll(buildHilum);

const classes: [string, string, string] = ['Cyst', 'Normal', 'Tumor'];
const predictions = randomPredictions(3, { groups: 24, slicesPerGroup: 6, classes: 3, skill: 2 });

/** A workspace with one evaluated run, and one that was not. */
async function seeded(): Promise<{ folder: string; run: string; bare: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.yaml'), '');
  writeFileSync(join(folder, 'params.yaml'), 'evaluation:\n  resamples: 300\n');
  const state = join(folder, '.hilum');
  mkdirSync(state);
  const records = openRecords(join(state, 'hilum.db'));
  const run = addRun(records, {});
  const bare = addRun(records, { run: { name: 'bare' }, outcome: 'cancelled' });
  records.close();
  const kept = join(state, 'runs', run);
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'predictions.csv'), predictionTable(predictions, classes));
  writeFileSync(join(kept, 'metrics.json'), JSON.stringify(sampleMetrics({ classes })));
  const model = temporaryFolder();
  await sealTinyModel(model, { classes });
  const seal = await addModel(state, model, { origin: 'trained', run });
  writeFileSync(join(kept, 'model.json'), JSON.stringify({ seal }));
  return { folder, run, bare };
}

function figuresOf(value: unknown): RunFigures & { readonly run: string } {
  return runFiguresSchema.extend({ run: runFiguresSchema.shape.notice }).parse(value);
}

describe('hilum runs figures', () => {
  it('gives predictive values at a prevalence of the reader, and at the share of the data without', async () => {
    const { folder, run } = await seeded();
    const words = ['runs', 'figures', run.slice(0, 8), '--json'];
    const own = await hilum(folder, ...words, '--prevalence', 'Tumor=0.02');
    expect(own.code).toBe(0);
    const rare = figuresOf(JSON.parse(own.stdout));
    const asMeasured = figuresOf(JSON.parse((await hilum(folder, ...words)).stdout));
    const tumor = (figures: RunFigures) => figures.scan.classes.find(({ name }) => name === 'Tumor');
    expect(rare).toMatchObject({ run, resamples: 300, notice, scan: { cases: 24 }, slice: { cases: 144 } });
    expect(tumor(rare)?.prevalence).toBe(0.02);
    expect(tumor(asMeasured)?.prevalence).toBe(tumor(asMeasured)?.share);
    expect(tumor(rare)?.answer.ppv.value).toBeLessThan(tumor(asMeasured)?.answer.ppv.value ?? 0);
    expect(tumor(rare)?.answer.sensitivity).toEqual(tumor(asMeasured)?.answer.sensitivity);
    expect(tumor(rare)?.roc.at(-1)).toEqual([1, 1]);
    expect(rare.scan.coverage.points.at(-1)?.coverage).toBe(1);
  });

  it('says in words how many scans each class rests on', async () => {
    const { folder, run } = await seeded();
    const { code, stdout } = await hilum(folder, 'runs', 'figures', run);
    expect(code).toBe(0);
    expect(stdout).toContain('By scan, 24 scans.');
    expect(stdout).toMatch(/class +scans +sensitivity/);
    expect(stdout).toContain(notice);
  });

  it.each([
    ['Kidney=0.2', 'prevalence'],
    ['Tumor=2', 'share from 0 to 1'],
    ['Tumor', 'CLASS=SHARE'],
  ])('refuses %s', async (prevalence, said) => {
    const { folder, run } = await seeded();
    const { code, stderr } = await hilum(folder, 'runs', 'figures', run, '--prevalence', prevalence);
    expect(code).not.toBe(0);
    expect(stderr).toContain(said);
  });

  it('says when nothing was kept of a run', async () => {
    const { folder, bare } = await seeded();
    const { code, stderr } = await hilum(folder, 'runs', 'figures', bare);
    expect(code).not.toBe(0);
    expect(stderr).toContain('kept no predictions');
  });
});
