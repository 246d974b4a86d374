import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../../src/main/ipc/contract.ts';
import {
  baselineFirst,
  baselineIndex,
  canCompare,
  comparingOf,
  most,
  queryOf,
  withoutRun,
  withRun,
} from '../../../../src/renderer/screens/runs/compare/comparing.ts';
import {
  bestHonest,
  differenceText,
  differenceTo,
  scaleOf,
} from '../../../../src/renderer/screens/runs/compare/difference.ts';
import { factGroups, factName } from '../../../../src/renderer/screens/runs/compare/fact-groups.ts';
import { figureGroups, figureName } from '../../../../src/renderer/screens/runs/compare/figure-groups.ts';
import { nameFilter } from '../../../../src/renderer/screens/runs/compare/name-filter.ts';
import { rangeWithoutOutliers } from '../../../../src/renderer/screens/runs/compare/outlier-range.ts';
import { smoothed } from '../../../../src/renderer/screens/runs/compare/smoothing.ts';
import { runLabels } from '../../../../src/renderer/screens/runs/run-labels.ts';

describe('what is compared, in the address', () => {
  it('comes back as it was', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{12}$/), { maxLength: most });
    return fc.assert(
      fc.property(ids, fc.nat(most), (chosen, at) => {
        const comparing = { ids: chosen, base: chosen[at] ?? null };
        const written = Object.entries(queryOf(comparing)).flatMap(([name, value]) => (value ? [[name, value]] : []));
        expect(comparingOf(Object.fromEntries(written))).toEqual(comparing);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('names each run once, at most twenty, and a baseline that is among them', () => {
    expect(comparingOf({ ids: 'a,b,a,,c', base: 'z' })).toEqual({ ids: ['a', 'b', 'c'], base: null });
    const many = Array.from({ length: 30 }, (_, index) => `run${index}`);
    expect(comparingOf({ ids: many.join() }).ids).toHaveLength(most);
    expect([1, 2, 20, 21].map(canCompare)).toEqual([false, true, true, false]);
  });

  it('lets runs in and out', () => {
    const two = { ids: ['a', 'b'], base: 'b' };
    expect(withRun(two, 'c').ids).toEqual(['a', 'b', 'c']);
    expect(withRun(two, 'a')).toEqual(two);
    expect(withoutRun(two, 'b')).toEqual({ ids: ['a'], base: null });
    expect(withoutRun(two, 'a')).toEqual({ ids: ['b'], base: 'b' });
  });

  it('takes the chosen baseline, else the first pinned run, else the first', () => {
    const runs = [
      { id: 'a', pinned: false },
      { id: 'b', pinned: true },
      { id: 'c', pinned: true },
    ];
    expect(baselineIndex(runs, 'c')).toBe(2);
    expect(baselineIndex(runs, null)).toBe(1);
    expect(baselineIndex(runs.slice(0, 1), null)).toBe(0);
    expect(baselineFirst(4, 2)).toEqual([2, 0, 1, 3]);
  });

  it('tells runs of one name apart', () => {
    const runs = [
      { id: 'abcdef', name: 'crop' },
      { id: '123456', name: 'crop' },
      { id: 'x', name: 'plain' },
    ];
    expect(runLabels(runs)).toEqual(['crop (abcd)', 'crop (1234)', 'plain']);
  });

  it('asks for runs by a part of their name, whatever it holds', () => {
    expect(nameFilter('  ')).toBe('');
    expect(nameFilter('say "x\\y" ')).toBe('name ~ "say \\"x\\\\y\\""');
  });
});

const estimate = (value: number | null, low: number | null = null, high: number | null = null) => ({
  value,
  low,
  high,
});

describe('difference to the baseline', () => {
  it('is better or worse only where the intervals do not touch', () => {
    const base = estimate(0.5, 0.4, 0.6);
    expect(differenceTo(base, estimate(0.8, 0.7, 0.9), 'higher')).toEqual({
      by: expect.closeTo(0.3),
      verdict: 'better',
    });
    expect(differenceTo(base, estimate(0.8, 0.7, 0.9), 'lower')?.verdict).toBe('worse');
    expect(differenceTo(base, estimate(0.2, 0.1, 0.3), 'lower')?.verdict).toBe('better');
    expect(differenceTo(base, estimate(0.7, 0.6, 0.8), 'higher')?.verdict).toBeNull();
    expect(differenceTo(base, estimate(0.9), 'higher')?.verdict).toBeNull();
    expect(differenceTo(base, estimate(0.9, 0.8, 1), null)?.verdict).toBeNull();
  });

  it('is none where one of them has no value', () => {
    expect(differenceTo(null, estimate(0.5), 'higher')).toBeNull();
    expect(differenceTo(estimate(null), estimate(0.5), 'higher')).toBeNull();
  });

  it('is written with its sign', () => {
    expect([0.0321, -0.1, 0.0001, -0.0001].map((by) => differenceText(by))).toEqual([
      '+0.032',
      '−0.100',
      '0.000',
      '0.000',
    ]);
  });

  it('has one scale for all runs', () => {
    expect(scaleOf([estimate(0.5, 0.4, 0.6), null])).toEqual([0, 1]);
    expect(scaleOf([estimate(1.2, 1, 1.6), estimate(0.3)])).toEqual([0, 1.6]);
    expect(scaleOf([])).toEqual([0, 1]);
  });

  it('a leaky run is never the best', () => {
    const values = [estimate(0.6), estimate(1), null, estimate(0.7)];
    const best = (...asked: Parameters<typeof bestHonest>): number[] => [...bestHonest(...asked)];
    expect(best(values, 'higher', () => false)).toEqual([1]);
    expect(best(values, 'higher', (index) => index === 1)).toEqual([3]);
    expect(best(values, 'lower', () => false)).toEqual([0]);
    expect(best(values, null, () => false)).toEqual([]);
    expect(best([estimate(0.6), estimate(0.6)], 'higher', () => false)).toEqual([]);
    expect(best(values, 'higher', (index) => index !== 0)).toEqual([]);
  });

  it('runs that are equally good are all the best', () => {
    const values = [estimate(0.4), estimate(0.6), estimate(0.6), estimate(0.5)];
    expect([...bestHonest(values, 'higher', () => false)]).toEqual([1, 2]);
    expect([...bestHonest(values, 'higher', (index) => index === 1)]).toEqual([2]);
  });
});

describe('curves', () => {
  it('are not changed by a smoothing of 0', () => {
    expect(smoothed([3, null, 1], 0)).toEqual([3, null, 1]);
  });

  it('begin at their first value, pass over gaps, and stay within their values', () => {
    const smooth = smoothed([4, null, 0, 0], 0.5);
    expect(smooth[0]).toBeCloseTo(4);
    expect(smooth[1]).toBeNull();
    expect(smooth[2]).toBeCloseTo(4 / 3);
    const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });
    return fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.9, noNaN: true }), (given, weight) => {
        for (const value of smoothed(given, weight)) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...given) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...given) + 1e-9);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('lose only values that are far off, and only at that end', () => {
    const usual = Array.from({ length: 30 }, (_, epoch) => 1 + 0.5 * Math.exp(-epoch / 8));
    expect(rangeWithoutOutliers(usual)).toEqual([null, null]);
    const [low, high] = rangeWithoutOutliers([...usual, 40, null]);
    expect(low).toBeNull();
    expect(high).toBeGreaterThanOrEqual(1.5);
    expect(high).toBeLessThan(2);
    expect(rangeWithoutOutliers([1, 2, 900])).toEqual([null, null]);
    expect(rangeWithoutOutliers(Array.from({ length: 20 }, () => 3))).toEqual([null, null]);
  });
});

describe('the table', () => {
  const fact = (key: string, part: Comparison['facts'][number]['part'], differs: boolean) => ({
    key,
    part,
    values: ['a', differs ? 'b' : 'a'],
    differs,
  });
  const facts = [
    fact('environment.node', 'environment', false),
    fact('params.head.dropout', 'params', true),
    fact('params.seed', 'params', false),
  ];

  it('opens with only what differs, by part', () => {
    expect(factGroups(facts, false)).toEqual([{ title: 'Parameters', facts: [facts[1]], differing: 1, equal: 1 }]);
    expect(factGroups(facts, true).map(({ title, facts: shown }) => [title, shown.length])).toEqual([
      ['Parameters', 2],
      ['Machine', 1],
    ]);
    expect(factName('params.training.learning_rate')).toBe('training.learning rate');
  });

  const figure = (name: string, title: string, level: 'scan' | 'slice' | 'curve', ofClass: string | null) => ({
    ...{ name, title, level, class: ofClass, better: 'higher' as const, values: [], best: null },
  });

  it('shows scans before slices, all classes before one, and the curves last', () => {
    const figures = [
      figure('slice/accuracy', 'Accuracy, slices', 'slice', null),
      figure('scan/auc', 'AUC (one-vs-rest mean), scans', 'scan', null),
      figure('scan/accuracy', 'Accuracy, scans', 'scan', null),
      figure('scan/Stone/specificity', 'Specificity of Stone, scans', 'scan', 'Stone'),
      figure('scan/Stone/sensitivity', 'Sensitivity of Stone, scans', 'scan', 'Stone'),
      figure('best validation_loss', 'Validation loss, best epoch', 'curve', null),
    ];
    expect(figureGroups(figures).map(({ title, figures: shown }) => [title, ...shown.map(figureName)])).toEqual([
      ['Figures by scan', 'Accuracy', 'AUC (one-vs-rest mean)'],
      ['Stone, by scan', 'Sensitivity', 'Specificity'],
      ['Figures by slice', 'Accuracy'],
      ['Best epoch', 'Validation loss'],
    ]);
  });
});
