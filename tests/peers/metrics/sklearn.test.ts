import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { bootstrap } from '../../../src/pipeline/metrics/bootstrap.ts';
import {
  classMetrics,
  overallMetrics,
  precisionRecallCurve,
  reliabilityBins,
} from '../../../src/pipeline/metrics/index.ts';
import { rocCurve } from '../../../src/pipeline/metrics/roc.ts';
import { casesFrom, sampleOf } from '../../../src/pipeline/metrics/sample.ts';
import { type PeerCase, peerCases } from './cases.ts';

const python = process.env.HILUM_PEER_PYTHON;
const tolerance = 1e-9;
const resamples = 300;

const figure = z.number().nullable();
const referenceSchema = z.object({
  cases: z.array(
    z.object({
      confusion: z.array(z.array(z.int())),
      accuracy: figure,
      balanced_accuracy: figure,
      macro_f1: figure,
      auc: figure,
      log_loss: figure,
      brier: figure,
      ece: figure,
      class_auc: z.array(figure),
      average_precision: z.array(figure),
      precision_recall: z.tuple([z.array(z.number()), z.array(z.number()), z.array(z.number())]).nullable(),
      calibration_curve: z.tuple([z.array(z.number()), z.array(z.number())]),
      sensitivity: z.array(figure),
      specificity: z.array(figure),
      roc: z.tuple([z.array(z.number()), z.array(z.number()), z.array(z.number())]).nullable(),
    }),
  ),
  intervals: z.array(z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])])),
});
type Reference = z.infer<typeof referenceSchema>;

const cases = peerCases();
const studies = [11, 12, 13].map((seed) => bootstrapStudy(seed));

function bootstrapStudy(seed: number) {
  const random = randomFrom('peer bootstrap', seed);
  const groups = 9;
  const items = Array.from({ length: 90 }, (_, i) => {
    const truth = i % groups < 3 ? i % groups : random.below(3);
    const odds = [0, 1, 2].map((k) => Math.exp(random.normal() + (k === truth ? 1 : 0)));
    const sum = odds.reduce((total, odd) => total + odd, 0);
    return { truth, group: i % groups, probabilities: odds.map((odd) => odd / sum) };
  });
  // The documented draws: for each resample, as many groups as there are, from the sequence ['bootstrap', seed].
  const draw = randomFrom('bootstrap', seed);
  const draws = Array.from({ length: resamples }, () => Array.from({ length: groups }, () => draw.below(groups)));
  return { seed, groups, items, draws };
}

function askReference(): Reference {
  const input = JSON.stringify({
    cases: cases.map(({ truth, probabilities }) => ({ truth, probabilities })),
    intervals: studies.map(({ items, draws }) => ({
      truth: items.map((item) => item.truth),
      probabilities: items.map((item) => item.probabilities),
      group: items.map((item) => item.group),
      draws,
    })),
  });
  const script = fileURLToPath(new URL('reference.py', import.meta.url));
  const done = spawnSync(python ?? '', [script], { input, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 });
  if (done.status !== 0) throw new Error(done.stderr);
  return referenceSchema.parse(JSON.parse(done.stdout));
}

function expectEqual(actual: number | null | undefined, expected: number | null | undefined, what: string): void {
  if (typeof expected !== 'number' || typeof actual !== 'number') expect(actual, what).toBe(expected);
  else expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

function casesOf({ truth, probabilities }: PeerCase) {
  const items = probabilities.map((row, i) => ({ truth: truth[i] ?? 0, probabilities: row }));
  return casesFrom(items, probabilities[0]?.length ?? 0);
}

const sampleOfCase = (peerCase: PeerCase) => sampleOf(casesOf(peerCase));

describe.skipIf(python === undefined)('metrics against scikit-learn 1.9.1', () => {
  let reference: Reference;
  beforeAll(() => {
    reference = askReference();
  });

  it('asks at least 200 cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(reference.cases).toHaveLength(cases.length);
  });

  it.each(['accuracy', 'balanced_accuracy', 'macro_f1', 'auc', 'log_loss', 'brier', 'ece'] as const)(
    '%s within 1e-9',
    (name) => {
      cases.forEach((peerCase, i) => {
        const actual = overallMetrics[name].value(sampleOfCase(peerCase));
        expectEqual(actual, reference.cases[i]?.[name], `${peerCase.what}, case ${i}`);
      });
    },
  );

  it.each([
    ['sensitivity', 'sensitivity'],
    ['specificity', 'specificity'],
    ['auc', 'class_auc'],
    ['average_precision', 'average_precision'],
  ] as const)('%s of each class within 1e-9', (name, theirs) => {
    cases.forEach((peerCase, i) => {
      const sample = sampleOfCase(peerCase);
      for (let k = 0; k < sample.classes; k++) {
        const expected = reference.cases[i]?.[theirs][k];
        expectEqual(classMetrics[name].value(sample, k), expected, `${peerCase.what}, case ${i}, class ${k}`);
      }
    });
  });

  it('confusion matrix, cell by cell', () => {
    cases.forEach((peerCase, i) => {
      expect([...sampleOfCase(peerCase).confusion], `${peerCase.what}, case ${i}`).toEqual(
        reference.cases[i]?.confusion.flat(),
      );
    });
  });

  it('ROC curve, point by point', () => {
    cases.forEach((peerCase, i) => {
      const points = rocCurve(casesOf(peerCase), 0);
      const [falsePositiveRates, truePositiveRates, thresholds] = reference.cases[i]?.roc ?? [[], [], []];
      expect(points, `${peerCase.what}, case ${i}`).toHaveLength(falsePositiveRates.length);
      points.forEach((point, p) => {
        expectEqual(point.falsePositiveRate, falsePositiveRates[p], `case ${i}, point ${p}`);
        expectEqual(point.truePositiveRate, truePositiveRates[p], `case ${i}, point ${p}`);
        if (p > 0) expectEqual(point.threshold, thresholds[p - 1], `case ${i}, point ${p}`);
      });
    });
  });

  it('precision-recall curve, point by point', () => {
    cases.forEach((peerCase, i) => {
      const points = precisionRecallCurve(casesOf(peerCase), 0).reverse();
      const [precisions, recalls, thresholds] = reference.cases[i]?.precision_recall ?? [[], [], []];
      expect(points, `${peerCase.what}, case ${i}`).toHaveLength(thresholds.length);
      points.forEach((point, p) => {
        expectEqual(point.precision, precisions[p], `case ${i}, point ${p}`);
        expectEqual(point.recall, recalls[p], `case ${i}, point ${p}`);
        expectEqual(point.threshold, thresholds[p], `case ${i}, point ${p}`);
      });
    });
  });

  it('reliability diagram against calibration_curve, bin by bin', () => {
    cases.forEach((peerCase, i) => {
      const bins = reliabilityBins(casesOf(peerCase)).filter(({ count }) => count > 0);
      const [accuracies, confidences] = reference.cases[i]?.calibration_curve ?? [[], []];
      expect(bins, `${peerCase.what}, case ${i}`).toHaveLength(accuracies.length);
      bins.forEach((bin, b) => {
        expectEqual(bin.accuracy, accuracies[b], `case ${i}, bin ${b}`);
        expectEqual(bin.confidence, confidences[b], `case ${i}, bin ${b}`);
      });
    });
  });

  it('bootstrap intervals equal numpy percentiles of resamples built row by row', () => {
    studies.forEach(({ seed, groups, items }, s) => {
      const estimates = bootstrap(
        casesFrom(items, 3),
        Int32Array.from(items, (item) => item.group),
        groups,
        [overallMetrics.accuracy, overallMetrics.auc].map(({ value }) => ({ value, hasInterval: true })),
        { resamples, seed },
      );
      estimates.forEach(({ low, high }, e) => {
        expectEqual(low, reference.intervals[s]?.[e]?.[0], `study ${s}, low`);
        expectEqual(high, reference.intervals[s]?.[e]?.[1], `study ${s}, high`);
      });
    });
  });
});
