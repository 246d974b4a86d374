import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Calibration, calibrationSchema } from '../../../src/pipeline/domain/calibration.ts';
import { runFiguresSchema } from '../../../src/pipeline/domain/run-figures.ts';
import { thinned, type UnitPoint } from '../../../src/pipeline/stages/figures/thinned.ts';
import { figures } from '../../../src/pipeline/stages/figures.ts';
import { predictionTable } from '../../../src/pipeline/stages/prediction-table.ts';
import { randomPredictions } from '../metrics/predictions.ts';

const folder = mkdtempSync(join(tmpdir(), 'hilum-figures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A name with a comma and one with a blank: columns must find them again.
const classes = ['Cyst, renal', 'Normal', 'Stone 2'];
const study = randomPredictions(5, { groups: 18, slicesPerGroup: 5, classes: 3, skill: 2 });
const predictions = join(folder, 'predictions.csv');
writeFileSync(predictions, predictionTable(study, classes));

const context = {
  signal: new AbortController().signal,
  report: () => undefined,
  emit: () => Promise.resolve(),
  items: async function* () {},
};
const input = { predictions, prevalence: {}, scanVote: 'mean' as const, resamples: 200, seed: 3 };
const run = async (given: Partial<typeof input & { calibration: string }> = {}) =>
  runFiguresSchema.parse(JSON.parse(JSON.stringify(await figures.run({ ...input, ...given }, context))));

const estimate = { value: 0.1, low: 0.05, high: 0.2 };
const bins = [{ low: 0, high: 1, count: 4, confidence: 0.7, accuracy: 0.75 }];
const calibration: Calibration = calibrationSchema.parse({
  temperature: 1.5,
  review_below: 0.6,
  evidence: {
    images: 40,
    groups: 8,
    before: { ece: estimate, brier: estimate, bins },
    after: { ece: estimate, brier: estimate, bins },
    answering: { by: 'coverage', target: 0.9, reached: true, coverage: 0.92, accuracy: 0.8, curve: [] },
    conformal: null,
    operating_points: [{ threshold: 0.4, sensitivity: 0.9, specificity: 0.8 }, null, null],
  },
});

describe('figures of kept predictions', () => {
  it('counts scans and slices apart and leaves every class its share of the data', async () => {
    const found = await run();
    expect([found.scan.cases, found.slice.cases]).toEqual([18, 90]);
    expect(found.scan.classes.map(({ name }) => name)).toEqual(classes);
    for (const level of [found.scan, found.slice]) {
      expect(level.classes.reduce((sum, { cases }) => sum + cases, 0)).toBe(level.cases);
      for (const each of level.classes) {
        expect(each.prevalence).toBe(each.share);
        expect(each.operating_point).toBeNull();
        expect(each.roc[0]).toEqual([0, 0]);
        expect(each.precision_recall.at(-1)?.[0]).toBe(1);
      }
    }
    expect(found.calibration).toBeNull();
  });

  it('measures a sealed threshold on these cases', async () => {
    const path = join(folder, 'calibration.json');
    writeFileSync(path, JSON.stringify(calibration));
    const found = await run({ calibration: path });
    const point = found.slice.classes[0]?.operating_point;
    const ofClass = study.filter(({ truth }) => truth === 0);
    const called = ofClass.filter(({ probabilities: [first = 0] }) => first >= 0.4);
    expect(point?.sensitivity.value).toBeCloseTo(called.length / ofClass.length, 12);
    expect(point?.chosen).toEqual({ threshold: 0.4, sensitivity: 0.9, specificity: 0.8 });
    expect(found.calibration).toMatchObject({
      temperature: 1.5,
      groups: 8,
      chosen: { threshold: 0.6, coverage: 0.92, accuracy: 0.8 },
    });
  });

  it('refuses a class that it does not know, and says when nothing was kept', async () => {
    await expect(run({ prevalence: { Tumor: 0.1 } })).rejects.toMatchObject({ code: 'usage/bad-option' });
    await expect(run({ predictions: join(folder, 'none.csv') })).rejects.toMatchObject({ code: 'run/no-predictions' });
  });
});

describe('a thinned curve', () => {
  it('keeps its ends and stays within a pixel of what was there', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    void fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 200 }), (points) => {
        const rising: UnitPoint[] = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
        const kept = thinned(rising);
        expect([kept[0], kept.at(-1)]).toEqual([rising[0], rising.at(-1)]);
        for (const [x, y] of rising) {
          expect(kept.some(([kx, ky]) => Math.max(Math.abs(kx - x), Math.abs(ky - y)) < 1 / 200)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
