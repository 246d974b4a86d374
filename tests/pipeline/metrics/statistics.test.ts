import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedTo } from '../../../src/pipeline/domain/predictive-values.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import {
  calibrationEstimates,
  coverageByGroup,
  coverageCurve,
  mcnemar,
  operatingPoint,
  overallMetrics,
  predictiveEstimates,
  predictiveValues,
  temperatureFit,
  thinnedCoverage,
  topClass,
  withTemperature,
} from '../../../src/pipeline/metrics/index.ts';
import { casesFrom, sampleOf } from '../../../src/pipeline/metrics/sample.ts';
import { randomPredictions } from './predictions.ts';

const runs = { seed: 11, numRuns: 100 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const probabilities = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 5 })
  .filter((odds) => odds.some((odd) => odd > 1e-3))
  .map((odds) => odds.map((odd) => odd / odds.reduce((sum, each) => sum + each, 0)));

describe('McNemar', () => {
  it('gives the p values of the worked example: 3 fixed of 10 discordant', () => {
    // 2 * (1 + 10 + 45 + 120) / 1024, and less one point of 120 / 1024.
    expect(mcnemar(3, 7)).toEqual({
      fixed: 3,
      broken: 7,
      exact: expect.closeTo(0.34375, 12),
      midP: expect.closeTo(0.2265625, 12),
    });
  });

  it('is symmetric, a probability, and the mid-p never above the exact p', () => {
    void fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (fixed, broken) => {
        const one = mcnemar(fixed, broken);
        const other = mcnemar(broken, fixed);
        expect([one.exact, one.midP]).toEqual([other.exact, other.midP]);
        expect(one.exact).toBeGreaterThanOrEqual(0);
        expect(one.exact).toBeLessThanOrEqual(1);
        expect(one.midP).toBeLessThanOrEqual(one.exact);
      }),
      runs,
    );
  });

  it('refuses what is no count', () => {
    for (const wrong of [-1, 0.5, Number.NaN]) expect(() => mcnemar(wrong, 1)).toThrow(RangeError);
  });
});

describe('temperature', () => {
  it('leaves the answer where it was, at any temperature', () => {
    void fc.assert(
      fc.property(probabilities, fc.double({ min: 0.05, max: 20, noNaN: true }), (row, temperature) => {
        const scaled = withTemperature(row, temperature);
        expect(scaled.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(scaled[topClass(row)]).toBe(Math.max(...scaled));
      }),
      runs,
    );
  });

  it('never makes the loss worse, and finds the temperature that the cases were made with', () => {
    const random = randomFrom('temperature', 1);
    const cases = Array.from({ length: 4000 }, () => {
      const logits = [0, 1, 2].map(() => 2 * random.normal());
      const sharp = (scale: number) => {
        const powers = logits.map((each) => Math.exp(each * scale));
        return powers.map((each) => each / powers.reduce((sum, other) => sum + other, 0));
      };
      const [first = 0, second = 0] = sharp(1);
      const at = random.next();
      return { truth: at < first ? 0 : at < first + second ? 1 : 2, probabilities: sharp(3) };
    });
    const fit = temperatureFit(cases);
    expect(fit.temperature).toBeGreaterThan(2.7);
    expect(fit.temperature).toBeLessThan(3.3);
    expect(fit.after).toBeLessThan(fit.before);
    expect(fit.atBound).toBe(false);
  });

  it('stops at its bound when every case is right, and at 1 when nothing is to gain', () => {
    const right = temperatureFit([{ truth: 0, probabilities: [0.9, 0.1] }]);
    expect(right.temperature).toBeCloseTo(0.05, 12);
    expect(right.atBound).toBe(true);
    expect(temperatureFit([{ truth: 0, probabilities: [0.5, 0.5] }])).toMatchObject({ temperature: 1 });
    expect(() => temperatureFit([])).toThrow(RangeError);
    expect(() => withTemperature([0.5, 0.5], 0)).toThrow(RangeError);
  });

  it('fits probabilities of exactly 0 and 1', () => {
    const fit = temperatureFit([
      { truth: 0, probabilities: [1, 0] },
      { truth: 1, probabilities: [1, 0] },
    ]);
    expect(Number.isFinite(fit.temperature)).toBe(true);
    expect(fit.after).toBeLessThanOrEqual(fit.before);
  });
});

describe('coverage and accuracy', () => {
  const answers = [
    { confidence: 0.9, right: true },
    { confidence: 0.8, right: true },
    { confidence: 0.8, right: false },
    { confidence: 0.5, right: false },
  ];

  it('answers equal confidences together', () => {
    expect(coverageCurve(answers)).toEqual({
      points: [
        { threshold: 0.9, coverage: 0.25, accuracy: 1, answered: 1 },
        { threshold: 0.8, coverage: 0.75, accuracy: 2 / 3, answered: 3 },
        { threshold: 0.5, coverage: 1, accuracy: 0.5, answered: 4 },
      ],
      aurc: expect.closeTo((0 + 2 / 3 + 0.5) / 4, 12),
    });
    expect(coverageCurve([])).toEqual({ points: [], aurc: null });
  });

  it('answers at each threshold what the point says, and ends at the accuracy of all', () => {
    const cases = fc.array(fc.record({ confidence: share, right: fc.boolean() }), { minLength: 1, maxLength: 60 });
    void fc.assert(
      fc.property(cases, (given) => {
        const { points } = coverageCurve(given);
        expect(points.at(-1)?.accuracy).toBe(given.filter(({ right }) => right).length / given.length);
        for (const { threshold, answered, coverage } of points) {
          expect(given.filter(({ confidence }) => confidence >= threshold)).toHaveLength(answered);
          expect(coverage).toBe(answered / given.length);
        }
        expect(thinnedCoverage(points, 5).at(-1)).toEqual(points.at(-1));
      }),
      runs,
    );
  });
});

describe('coverage of conformal sets', () => {
  it('is counted by group and by class', () => {
    const cases = [
      { group: 'b', truth: 0, probabilities: [0.9, 0.1] },
      { group: 'a', truth: 1, probabilities: [0.6, 0.4] },
      { group: 'a', truth: 1, probabilities: [0.2, 0.8] },
    ];
    const found = coverageByGroup(cases, [0.5, 0.5], { resamples: 50, seed: 1 });
    expect(found.byGroup).toEqual([
      { group: 'a', cases: 2, covered: 1 },
      { group: 'b', cases: 1, covered: 1 },
    ]);
    expect(found.overall.value).toBeCloseTo(2 / 3, 12);
    expect(found.byClass.map(({ value }) => value)).toEqual([1, 0.5]);
    expect(found).toMatchObject({ meanSetSize: 1, single: 1, empty: 0 });
  });
});

describe('operating point and predictive values', () => {
  const scores = [0.1, 0.2, 0.4, 0.4, 0.7, 0.9];
  const labels = [false, false, true, false, true, true];

  it('follows its rule', () => {
    expect(operatingPoint(scores, labels, { by: 'youden' })?.threshold).toBe(0.4);
    expect(operatingPoint(scores, labels, { by: 'specificity', atLeast: 1 })).toEqual({
      threshold: 0.7,
      sensitivity: 2 / 3,
      specificity: 1,
    });
    expect(operatingPoint(scores, labels, { by: 'sensitivity', atLeast: 0.5 })?.threshold).toBe(0.7);
    expect(operatingPoint(scores, [true, true, true, true, true, true], { by: 'youden' })).toBeNull();
  });

  it('gives the figures that its threshold has on the cases', () => {
    const cases = fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 2, maxLength: 40 });
    void fc.assert(
      fc.property(cases, share, (given, atLeast) => {
        const [own, labelled] = [given.map(([score]) => score), given.map(([, label]) => label)];
        const point = operatingPoint(own, labelled, { by: 'sensitivity', atLeast });
        if (point === null) return;
        const called = own.map((score) => score >= point.threshold);
        const among = (label: boolean) => labelled.flatMap((each, i) => (each === label ? [called[i] === label] : []));
        const rate = (hits: boolean[]) => hits.filter(Boolean).length / hits.length;
        expect(point.sensitivity).toBe(rate(among(true)));
        expect(point.specificity).toBe(rate(among(false)));
        expect(point.sensitivity).toBeGreaterThanOrEqual(atLeast);
      }),
      runs,
    );
  });

  it('predictive values: 0.9 and 0.9 at 2 % are worth 15.5 %, and rise with the prevalence', () => {
    const { ppv, npv } = predictiveValues({ sensitivity: 0.9, specificity: 0.9, prevalence: 0.02 });
    expect(ppv).toBeCloseTo(0.018 / 0.116, 12);
    expect(npv).toBeCloseTo(0.882 / 0.884, 12);
    expect(predictiveValues({ sensitivity: 1, specificity: 1, prevalence: 0 })).toEqual({ ppv: null, npv: 1 });
    void fc.assert(
      fc.property(share, share, share, share, (sensitivity, specificity, one, other) => {
        const low = predictiveValues({ sensitivity, specificity, prevalence: Math.min(one, other) });
        const high = predictiveValues({ sensitivity, specificity, prevalence: Math.max(one, other) });
        if (low.ppv !== null && high.ppv !== null) expect(high.ppv).toBeGreaterThanOrEqual(low.ppv - 1e-12);
        if (low.ppv === null || high.ppv === null || Math.min(one, other) < 1e-6 || Math.max(one, other) > 1 - 1e-6)
          return;
        expect(carriedTo(low.ppv, Math.min(one, other), Math.max(one, other))).toBeCloseTo(high.ppv, 6);
      }),
      runs,
    );
  });

  it('at the share of the data the predictive values are those of the answers themselves', () => {
    const predictions = randomPredictions(4, { groups: 30, slicesPerGroup: 4, classes: 2, skill: 1 });
    const isClass = predictions.map(({ truth }) => truth === 1);
    const called = predictions.map((each) => topClass(each.probabilities) === 1);
    const prevalence = isClass.filter(Boolean).length / isClass.length;
    const options = { resamples: 200, seed: 1 };
    const [own, rare] = predictiveEstimates(
      predictions,
      [prevalence, 0.02].map((each) => ({ isClass, called, prevalence: each })),
      options,
    );
    const rightCalls = called.filter((each, i) => each && isClass[i] === true).length;
    expect(own?.ppv.value).toBeCloseTo(rightCalls / called.filter(Boolean).length, 12);
    expect(own?.ppv.low).toBeLessThan(own?.ppv.value ?? Number.NaN);
    expect(own?.sensitivity.high).toBeGreaterThan(own?.sensitivity.value ?? Number.NaN);
    // Carried from one prevalence to the other, ends of the interval included (they lie between two resamples).
    for (const part of ['value', 'low', 'high'] as const) {
      expect(carriedTo(own?.ppv[part] ?? null, prevalence, 0.02)).toBeCloseTo(rare?.ppv[part] ?? Number.NaN, 2);
      expect(carriedTo(own?.npv[part] ?? null, 1 - prevalence, 0.98)).toBeCloseTo(rare?.npv[part] ?? Number.NaN, 2);
    }
  });
});

describe('calibration error', () => {
  it('is the figure of metrics.json with its interval', () => {
    const predictions = randomPredictions(2, { groups: 20, slicesPerGroup: 5, classes: 3, skill: 1 });
    const found = calibrationEstimates(predictions, 3, { resamples: 200, seed: 1 }).ece;
    expect(found.value).toBe(overallMetrics.ece.value(sampleOf(casesFrom(predictions, 3))));
    expect(found.high).toBeGreaterThan(found.low ?? Number.NaN);
  });
});
