import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierOf } from '../../../src/pipeline/metrics/brier.ts';
import { reliabilityBins } from '../../../src/pipeline/metrics/calibration.ts';
import { calibrationBin, calibrationBins } from '../../../src/pipeline/metrics/calibration-bin.ts';
import { overallMetrics } from '../../../src/pipeline/metrics/index.ts';
import { logLossOf } from '../../../src/pipeline/metrics/log-loss.ts';
import { casesFrom, sampleOf, topClass } from '../../../src/pipeline/metrics/sample.ts';

describe('log loss', () => {
  it('is -ln of the probability of the truth', () => {
    expect(logLossOf(0.5)).toBeCloseTo(Math.LN2, 15);
  });

  it('stays finite at 0 and 1', () => {
    expect(logLossOf(0)).toBeCloseTo(36.04365338911715, 12);
    expect(logLossOf(1)).toBeCloseTo(2.220446049250313e-16, 30);
  });
});

describe('Brier score', () => {
  it('sums squared errors over classes: 0 when sure and right, 2 when sure and wrong', () => {
    expect(brierOf([0, 1, 0], 1)).toBe(0);
    expect(brierOf([0, 1, 0], 2)).toBe(2);
    expect(brierOf([0.2, 0.7, 0.1], 1)).toBeCloseTo(0.04 + 0.09 + 0.01, 15);
  });
});

describe('calibration', () => {
  it('puts an edge into the bin below it, 0 into the first', () => {
    expect([0, 1 / 15, 1 / 15 + 1e-12, 3 / 15, 14 / 15, 1].map(calibrationBin)).toEqual([0, 0, 1, 2, 13, 14]);
  });

  it('every bin holds (low, high]', () => {
    return fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (probability) => {
        const bin = calibrationBin(probability);
        expect(probability > bin / calibrationBins || bin === 0).toBe(true);
        expect(probability <= (bin + 1) / calibrationBins).toBe(true);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  const worked = casesFrom(
    [
      { truth: 0, probabilities: [0.9, 0.1] },
      { truth: 1, probabilities: [0.9, 0.1] },
      { truth: 1, probabilities: [0.4, 0.6] },
      { truth: 1, probabilities: [0.38, 0.62] },
    ],
    2,
  );

  it('ECE, hand-worked: |1/2 - 0.9| and |1 - 0.6|, |1 - 0.62| by their shares', () => {
    const value = overallMetrics.ece.value(sampleOf(worked));
    expect(value).toBeCloseTo((2 * 0.4 + 0.4 + 0.38) / 4, 12);
  });

  it('reliability bins hold every case once', () => {
    const bins = reliabilityBins(worked);
    expect(bins).toHaveLength(15);
    expect(bins.filter((bin) => bin.count > 0).map(({ count, accuracy }) => [count, accuracy])).toEqual([
      [1, 1],
      [1, 1],
      [2, 0.5],
    ]);
    expect(bins[0]).toEqual({ low: 0, high: 1 / 15, count: 0, confidence: null, accuracy: null });
  });
});

describe('cases', () => {
  it('answer the first of equally probable classes', () => {
    expect([topClass([0.25, 0.5, 0.5]), topClass([1, 1]), topClass([])]).toEqual([1, 0, -1]);
  });

  it('refuse what does not fit the classes', () => {
    expect(() => casesFrom([{ truth: 0, probabilities: [1] }], 2)).toThrow(RangeError);
    expect(() => casesFrom([{ truth: 2, probabilities: [1, 0] }], 2)).toThrow(RangeError);
    expect(() => casesFrom([{ truth: 0, probabilities: [Number.NaN, 1] }], 2)).toThrow(RangeError);
  });
});
