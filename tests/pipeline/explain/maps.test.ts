import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { blurredInput, bodyCells, randomRegion, withoutRegion } from '../../../src/pipeline/explain/deletion.ts';
import { hottest, resized } from '../../../src/pipeline/explain/grid.ts';
import { headOf } from '../../../src/pipeline/explain/head.ts';
import { heatMapOn } from '../../../src/pipeline/explain/heat-map.ts';
import { caseBase, nearestCases } from '../../../src/pipeline/explain/neighbours.ts';
import { cascade, shuffledWeights } from '../../../src/pipeline/explain/randomise.ts';
import { rankCorrelation, ranks } from '../../../src/pipeline/explain/ranks.ts';
import { randomNetwork } from '../network/random-network.ts';

const grid = (width: number, values: readonly number[]) => ({
  width,
  height: values.length / width,
  values: Float64Array.from(values),
});
const sumOf = (mask: Uint8Array): number => mask.reduce((sum, cell) => sum + cell, 0);

describe('grids', () => {
  it('resizes between cell centres and keeps edges', () => {
    const { values } = resized(grid(2, [0, 4, 0, 4]), 4, 4);
    expect([...values.subarray(0, 4)]).toEqual([0, 1, 3, 4]);
    expect([...values.subarray(12)]).toEqual([0, 1, 3, 4]);
  });

  it('the hottest cells are the highest ones above zero, never more than the share', () => {
    expect([...hottest(grid(5, [1, 5, 3, 0, 5]), 0.4)]).toEqual([0, 1, 0, 0, 1]);
    expect([...hottest(grid(5, [2, 2, 2, 2, 2]), 0.4)]).toEqual([1, 1, 0, 0, 0]);
    expect(sumOf(hottest(grid(5, [0, 0, 0, 0, 0]), 0.4))).toBe(0);
    void fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (values) => {
        const mask = hottest({ values: Float64Array.from(values) }, 0.2);
        const inside = values.filter((_, index) => mask[index] === 1);
        const outside = values.filter((_, index) => mask[index] === 0);
        expect(inside.length).toBeLessThanOrEqual(Math.floor(values.length / 5));
        for (const value of inside) expect(value).toBeGreaterThan(0);
        if (inside.length > 0 && outside.length > 0) {
          expect(Math.max(...outside)).toBeLessThanOrEqual(Math.min(...inside));
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('scales a map to its hottest cell and says from where on the hottest fifth begins', () => {
    const place = { left: 0, top: 0, width: 10, height: 10 };
    const map = heatMapOn(grid(2, [0, 1, 2, 4]), { plane: place, seen: place });
    expect(map).toMatchObject({ columns: 2, rows: 2, values: [0, 0.25, 0.5, 1] });
    expect(map.hotFrom).toBeGreaterThan(0.5);
    const none = heatMapOn(grid(2, [0, 0, 0, 0]), { plane: place, seen: place });
    expect(none.values).toEqual([0, 0, 0, 0]);
    expect(none.hotFrom).toBe(1);
  });
});

describe('rank correlation', () => {
  it('is Spearman with ties, and 0 where nothing varies', () => {
    expect([...ranks([10, 20, 20, 5])]).toEqual([2, 3.5, 3.5, 1]);
    expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])
    expect(rankCorrelation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12);
    expect(rankCorrelation([1, 2, 3], [7, 7, 7])).toBe(0);
  });
});

describe('shuffled weights', () => {
  it('keep their values, change their order, and leave other nodes alone; the last step of the cascade is everything', () => {
    const net = randomNetwork(4);
    const shuffled = shuffledWeights(net, new Set(['hidden']), 1);
    const before = net.weights.get('hidden/kernel')?.data ?? new Float32Array();
    const after = shuffled.weights.get('hidden/kernel')?.data ?? new Float32Array();
    expect([...after]).not.toEqual([...before]);
    expect([...after].sort()).toEqual([...before].sort());
    expect(shuffled.weights.get('head/kernel')).toEqual(net.weights.get('head/kernel'));
    const steps = [...cascade(net, 3)];
    expect(steps).toHaveLength(3);
    const changed = [...net.weights].filter(([name, { data }]) => {
      const last = steps.at(-1)?.network.weights.get(name)?.data;
      return data.length > 3 && last !== undefined && data.some((value, index) => value !== last[index]);
    });
    const all = [...net.weights.values()].filter(({ data }) => new Set(data).size > 3);
    expect(changed.length).toBeGreaterThanOrEqual(all.length - 1);
    expect(headOf(steps[0]?.network ?? net).maps).toEqual(headOf(net).maps);
  });
});

describe('deletion', () => {
  const size = 32;
  const values = Float32Array.from({ length: size * size }, (_, at) => (at % size < 16 ? 200 : 0));
  const input = { size, planes: 1, values };

  it('finds the body, and draws regions of the asked size inside it', () => {
    const body = bodyCells(input, 16, (value) => value);
    expect(sumOf(body)).toBe(16 * 8);
    const region = randomRegion(body, 16, 20, randomFrom('regions', 1));
    expect(sumOf(region)).toBe(20);
    expect(region.every((cell, index) => cell === 0 || body[index] === 1)).toBe(true);
  });

  it('replaces a region by its blurred surroundings and nothing else', () => {
    const region = new Uint8Array(16 * 16);
    region[7] = 1;
    const blurred = blurredInput(input);
    expect(blurred[14]).toBeGreaterThan(100);
    expect(blurred[14]).toBeLessThan(150);
    const without = withoutRegion(input, blurred, region, 16);
    const changed = [...without].flatMap((value, at) => (value === values[at] ? [] : [at]));
    expect(changed).toEqual([14, 15, size + 14, size + 15]);
  });
});

describe('nearest cases', () => {
  it('are one of each scan, none of the own, nearest first by the cosine of standardised features', () => {
    const features = Float32Array.from([1, 100, 7, 2, 90, 7, 5, 10, 7, 6, 20, 7, 1.1, 99, 7]);
    const base = caseBase(features, 3);
    const distances = base.distances([1, 100, 7]);
    expect(distances[0]).toBeCloseTo(0, 6);
    expect(Math.max(...distances)).toBeGreaterThan(1.5);
    const cases = [
      { scan: 'a', group: 'p' },
      { scan: 'b', group: 'q' },
      { scan: 'c', group: 'r' },
      { scan: 'c', group: 'r' },
      { scan: 'd', group: 'p' },
    ];
    const found = nearestCases(cases, distances, ({ group }) => group === 'p', 5);
    expect(found.map(({ case: { scan } }) => scan)).toEqual(['b', 'c']);
    expect(found[0]?.distance).toBeLessThan(found[1]?.distance ?? 0);
    expect(nearestCases(cases, distances, () => false, 2)).toHaveLength(2);
  });
});
