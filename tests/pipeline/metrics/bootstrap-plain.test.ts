import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classMetricNames, type Estimate, overallMetricNames } from '../../../src/pipeline/domain/metrics.ts';
import {
  bootstrap,
  bootstrapSums,
  casesFrom,
  classMetrics,
  overallMetrics,
} from '../../../src/pipeline/metrics/index.ts';
import type { Sample } from '../../../src/pipeline/metrics/types.ts';
import { peerCases } from '../../peers/metrics/cases.ts';
import { plainBootstrap } from './plain-bootstrap.ts';

const resamples = 61;

/** Sums of logarithms and squares are added in another order: equal to rounding. All else is made of whole numbers. */
const rounded: readonly string[] = ['log_loss', 'brier', 'ece', 'average_precision'];

function figures(classes: number): { name: string; value: (sample: Sample) => number | null }[] {
  const overall = overallMetricNames.map((name) => ({ name, value: overallMetrics[name].value }));
  const ofClasses = Array.from({ length: classes }, (_, k) =>
    classMetricNames.map((name) => ({ name, value: (sample: Sample) => classMetrics[name].value(sample, k) })),
  );
  return [...overall, ...ofClasses.flat()];
}

function expectSame(actual: Estimate | undefined, expected: Estimate | undefined, name: string, what = name): void {
  if (!rounded.includes(name)) expect(actual, what).toEqual(expected);
  else {
    for (const part of ['value', 'low', 'high'] as const) {
      const [mine, theirs] = [actual?.[part] ?? null, expected?.[part] ?? null];
      if (mine === null || theirs === null) expect(mine, what).toBe(theirs);
      else expect(Math.abs(mine - theirs), `${what}: ${mine} against ${theirs}`).toBeLessThanOrEqual(1e-12);
    }
  }
}

describe('bootstrap by sums and runs of groups against every case weighed anew', () => {
  it('agrees on every figure: ordinary cases, ties, zeros and ones, one class, empty classes, a single image', () => {
    peerCases()
      .filter(({ truth }) => truth.length <= 200)
      .forEach(({ what, truth, probabilities }, i) => {
        const classes = probabilities[0]?.length ?? 0;
        const items = truth.map((each, n) => ({ truth: each, probabilities: probabilities[n] ?? [] }));
        const groups = Math.min(truth.length, 2 + (i % 9));
        const groupOf = Int32Array.from(truth, (_, n) => n % groups);
        const all = figures(classes);
        const mine = bootstrap(
          casesFrom(items, classes),
          groupOf,
          groups,
          all.map(({ value }) => ({ value, hasInterval: true })),
          { resamples, seed: i },
        );
        const theirs = plainBootstrap(
          items,
          classes,
          groupOf,
          groups,
          all.map(({ value }) => value),
          { resamples, seed: i },
        );
        all.forEach(({ name }, f) => {
          // One group has no interval.
          const expected = theirs[f];
          if (groups >= 2) expectSame(mine[f], expected, name, `${what}, case ${i}, ${name}`);
          else expect(mine[f]).toEqual({ value: mine[f]?.value ?? null, low: null, high: null });
        });
      });
  });

  it('agrees with sums: a share of right answers is the accuracy', () => {
    void fc.assert(
      fc.property(
        fc.array(fc.record({ truth: fc.nat(1), answer: fc.nat(1), group: fc.nat(4) }), { minLength: 6, maxLength: 40 }),
        fc.nat(1000),
        (rows, seed) => {
          const items = rows.map(({ truth, answer }) => ({
            truth,
            predicted: answer,
            probabilities: answer === 0 ? [0.9, 0.1] : [0.2, 0.8],
          }));
          const groupOf = Int32Array.from(rows, ({ group }) => group);
          const sums = new Float64Array(10);
          rows.forEach(({ truth, answer, group }) => {
            sums[2 * group] = (sums[2 * group] ?? 0) + 1;
            sums[2 * group + 1] = (sums[2 * group + 1] ?? 0) + (truth === answer ? 1 : 0);
          });
          const share = ([cases = 0, right = 0]: Float64Array) => (cases === 0 ? null : right / cases);
          const statistic = { value: overallMetrics.accuracy.value, hasInterval: true };
          expect(bootstrapSums(sums, 2, [share], { resamples, seed })).toEqual(
            bootstrap(casesFrom(items, 2), groupOf, 5, [statistic], { resamples, seed }),
          );
        },
      ),
      { seed: 5, numRuns: 50 },
    );
  });
});
