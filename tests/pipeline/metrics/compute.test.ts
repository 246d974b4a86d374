import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { metricsSchema, type Prediction } from '../../../src/pipeline/domain/metrics.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { computeMetrics, type MetricsOptions, plotData } from '../../../src/pipeline/metrics/index.ts';
import { randomPredictions } from './predictions.ts';

const classes = ['Cyst', 'Normal', 'Stone'];
const options: MetricsOptions = {
  part: 'test',
  honesty: 'grouped',
  protocol: 'holdout',
  resamples: 200,
  seed: 7,
  scanVote: 'mean',
};
const study = { groups: 18, slicesPerGroup: 6, classes: 3, skill: 1 };

function prediction(image: string, group: string, truth: number, probabilities: readonly number[]): Prediction {
  return { image, scan: `scan of ${group}`, group, truth, probabilities };
}

describe('metrics.json', () => {
  it('hand-worked: two scans, slices and votes', () => {
    const metrics = computeMetrics(
      [
        prediction('a1', 'a', 0, [0.8, 0.1, 0.1]),
        prediction('a2', 'a', 0, [0.2, 0.7, 0.1]),
        prediction('a3', 'a', 0, [0.6, 0.2, 0.2]),
        prediction('b1', 'b', 1, [0.3, 0.6, 0.1]),
      ],
      classes,
      options,
    );
    expect(metrics.counts).toEqual({ images: 4, scans: 2, groups: 2 });
    expect(metrics.confusion).toEqual({
      labels: classes,
      matrix: [
        [2, 1, 0],
        [0, 1, 0],
        [0, 0, 0],
      ],
    });
    expect(metrics.scan_confusion.matrix).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(metrics.slice.accuracy?.value).toBe(0.75);
    expect(metrics.slice.balanced_accuracy?.value).toBeCloseTo((2 / 3 + 1) / 2, 15);
    expect(metrics.scan.accuracy?.value).toBe(1);
    expect(metrics.per_class.Cyst).toMatchObject({ images: 3, scans: 1, groups: 1 });
    expect(metrics.per_class.Stone).toMatchObject({
      images: 0,
      scans: 0,
      groups: 0,
      slice: { sensitivity: { value: null, low: null, high: null }, auc: { value: null } },
    });
  });

  it('fits its schema and holds every figure', () => {
    const metrics = computeMetrics(randomPredictions(1, study), classes, options);
    expect(metricsSchema.parse(JSON.parse(JSON.stringify(metrics)))).toEqual(metrics);
    for (const level of [metrics.slice, metrics.scan]) {
      for (const { value, low, high } of Object.values(level)) {
        expect(low).toBeLessThanOrEqual(value ?? Number.NaN);
        expect(high).toBeGreaterThanOrEqual(value ?? Number.NaN);
      }
    }
    expect(metrics.resamples).toBe(200);
    expect(metrics.notice).toBe('Research use only. Not for diagnosis.');
  });

  it('does not depend on the order of the predictions, to the last bit', () => {
    const predictions = randomPredictions(2, study);
    const shuffled = randomFrom('order', 1).shuffled(predictions);
    expect(JSON.stringify(computeMetrics(shuffled, classes, options))).toBe(
      JSON.stringify(computeMetrics(predictions, classes, options)),
    );
  });

  it('gives no interval to a figure of a class that one patient carries', () => {
    const predictions = randomPredictions(3, study).filter((item) => item.truth !== 2 || item.group === 'patient-2');
    const { per_class } = computeMetrics(predictions, classes, options);
    expect(per_class.Stone?.groups).toBe(1);
    expect(per_class.Stone?.slice.sensitivity).toMatchObject({ low: null, high: null });
    expect(per_class.Stone?.slice.auc).toMatchObject({ low: null, high: null });
    expect(per_class.Stone?.slice.specificity?.low).not.toBeNull();
    expect(per_class.Cyst?.slice.sensitivity?.low).not.toBeNull();
  });

  it.each([
    ['no prediction', []],
    ['one prediction', [prediction('a', 'g', 0, [1, 0, 0])]],
    ['one class', [prediction('a', 'g', 0, [1, 0, 0]), prediction('b', 'h', 0, [0, 1, 0])]],
    ['equal probabilities', [0, 1, 2].map((k) => prediction(`${k}`, `${k}`, k, [1 / 3, 1 / 3, 1 / 3]))],
  ])('stands %s', (_what, predictions) => {
    const metrics = computeMetrics(predictions, classes, options);
    expect(metrics.counts.images).toBe(predictions.length);
    expect(JSON.stringify(metrics)).not.toMatch(/NaN|Infinity/);
    if (predictions.length === 0) expect(metrics.slice.accuracy).toEqual({ value: null, low: null, high: null });
  });

  it('refuses probabilities that are not finite', () => {
    const broken = [prediction('a', 'g', 0, [Number.NaN, 0, 1])];
    expect(() => computeMetrics(broken, classes, options)).toThrow(
      new HilumError('model/not-finite', { what: 'The output for 1 image(s)' }),
    );
  });
});

describe('plot data', () => {
  it('agrees with the figures', () => {
    const predictions = randomPredictions(4, study);
    const metrics = computeMetrics(predictions, classes, options);
    const data = plotData(predictions, classes, 'mean');
    for (const level of ['slice', 'scan'] as const) {
      expect(data[level].roc.map(({ auc }) => auc)).toEqual(
        classes.map((name) => metrics.per_class[name]?.[level].auc?.value),
      );
      const gaps = data[level].reliability.map(
        ({ count, accuracy, confidence }) => count * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
      );
      const cases = level === 'slice' ? metrics.counts.images : metrics.counts.scans;
      expect(gaps.reduce((sum, gap) => sum + gap, 0) / cases).toBeCloseTo(metrics[level].ece?.value ?? Number.NaN, 12);
    }
  });
});
