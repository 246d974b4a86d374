import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { checkSplit, splitByGroup, validationGroups } from '../../../src/pipeline/files/index.ts';
import { scanThumbnails } from './helpers/thumbnails.ts';

interface Row {
  image: string;
  class: string;
  group: string;
  pixel_hash: string;
}

const params = (split: object = {}) => paramsSchema.parse({ split }).split;

/** Rows of groups with these many images of each class: `{p1: {Cyst: 3}}`. */
function rowsOf(groups: Record<string, Record<string, number>>): Row[] {
  return Object.entries(groups).flatMap(([group, classes]) =>
    Object.entries(classes).flatMap(([name, count]) =>
      Array.from({ length: count }, (_, i) => {
        const image = `${name}/${group}-${i}.png`;
        return { image, class: name, group, pixel_hash: image };
      }),
    ),
  );
}

function partsByGroup(
  rows: readonly Row[],
  split: readonly { image: string; part: string }[],
): Map<string, Set<string>> {
  const partOf = new Map(split.map(({ image, part }) => [image, part]));
  const found = new Map<string, Set<string>>();
  for (const { group, image } of rows) found.set(group, (found.get(group) ?? new Set()).add(partOf.get(image) ?? ''));
  return found;
}

/** Datasets of 2 to 4 classes with 3 to 12 groups each, of very different sizes. */
const dataset = fc
  .array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 12 }), { minLength: 2, maxLength: 4 })
  .map((classes) =>
    rowsOf(
      Object.fromEntries(
        classes.flatMap((sizes, c) => sizes.map((size, g) => [`c${c}-p${g}`, { [`class ${c}`]: size }])),
      ),
    ),
  );
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const grouped = fc.constantFrom('holdout', 'k-fold', 'leave-one-group-out');

function failureOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    if (error instanceof HilumError) return { code: error.code, ...error.facts };
    throw error;
  }
  return 'no error';
}

describe('a split', () => {
  it('names every image once and keeps every group in one part, over 200 seeds', () => {
    void fc.assert(
      fc.property(dataset, seeds, grouped, (rows, seed, strategy) => {
        const split = splitByGroup(rows, params({ strategy }), seed);
        expect(split.map(({ image }) => image).sort()).toEqual(rows.map(({ image }) => image).sort());
        for (const parts of partsByGroup(rows, split).values()) expect(parts.size).toBe(1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('has every class in every part of a holdout, and in every fold that there are groups for', () => {
    void fc.assert(
      fc.property(dataset, seeds, fc.integer({ min: 2, max: 6 }), (rows, seed, folds) => {
        const classes = new Set(rows.map((row) => row.class));
        const partOf = (strategy: string) =>
          new Map(splitByGroup(rows, params({ strategy, folds }), seed).map(({ image, part }) => [image, part]));
        const [holdout, kFold] = [partOf('holdout'), partOf('k-fold')];
        for (const name of classes) {
          const own = rows.filter((row) => row.class === name);
          expect(new Set(own.map(({ image }) => holdout.get(image))).size).toBe(3);
          const groups = new Set(own.map(({ group }) => group)).size;
          expect(new Set(own.map(({ image }) => kFold.get(image))).size).toBe(Math.min(folds, groups));
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('depends on the rows and the seed alone, not on their order', () => {
    void fc.assert(
      fc.property(
        dataset,
        seeds,
        fc.constantFrom('holdout', 'k-fold', 'leave-one-group-out', 'random-slices'),
        (rows, seed, strategy) => {
          const split = splitByGroup(rows, params({ strategy }), seed);
          const mixed = splitByGroup(randomFrom('mix', seed).shuffled(rows), params({ strategy }), seed);
          expect(JSON.stringify(mixed)).toBe(JSON.stringify(split));
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  it('differs between seeds', () => {
    const rows = rowsOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, { [i % 2 ? 'A' : 'B']: 5 }])),
    );
    const splits = new Set(Array.from({ length: 20 }, (_, i) => JSON.stringify(splitByGroup(rows, params(), i + 1))));
    expect(splits.size).toBeGreaterThan(15);
  });

  it('comes near the wanted shares of the images', () => {
    const sizes = randomFrom('sizes', 1);
    const groups = Array.from({ length: 60 }, (_, i) => [`p${i}`, { [`c${i % 3}`]: 1 + sizes.below(30) }]);
    const rows = rowsOf(Object.fromEntries(groups));
    const split = splitByGroup(rows, params({ validation: 0.15, test: 0.25 }), 7);
    const share = (part: string) => split.filter((row) => row.part === part).length / rows.length;
    expect(Math.abs(share('validation') - 0.15)).toBeLessThan(0.03);
    expect(Math.abs(share('test') - 0.25)).toBeLessThan(0.03);
  });

  it('serves training and test first when a class has two groups, and says so when it has one', () => {
    const rows = rowsOf({ a: { A: 5 }, b: { A: 9 }, c: { B: 2 }, d: { B: 3 }, e: { B: 4 } });
    for (let seed = 1; seed <= 20; seed++) {
      const parts = partsByGroup(rows, splitByGroup(rows, params(), seed));
      expect([...(parts.get('a') ?? []), ...(parts.get('b') ?? [])].sort()).toEqual(['test', 'train']);
    }
    const single = rowsOf({ a: { A: 5 }, c: { B: 2 }, d: { B: 3 } });
    for (const strategy of ['holdout', 'k-fold', 'leave-one-group-out']) {
      expect(failureOf(() => splitByGroup(single, params({ strategy }), 1))).toMatchObject({
        code: 'split/single-group',
        class: 'A',
        groups: 1,
        needed: 2,
      });
    }
    expect(new Set(splitByGroup(single, params({ validation: 0, test: 0 }), 1).map(({ part }) => part))).toEqual(
      new Set(['train']),
    );
  });

  it('leaves out parts that are not wanted', () => {
    const rows = rowsOf({ a: { A: 5 }, b: { A: 9 }, c: { B: 2 }, d: { B: 3 } });
    const parts = (split: object) => [...new Set(splitByGroup(rows, params(split), 3).map(({ part }) => part))].sort();
    expect(parts({ validation: 0 })).toEqual(['test', 'train']);
    expect(parts({ test: 0 })).toEqual(['train', 'validation']);
  });

  it('takes patients with several classes as one, and still puts each class into each part', () => {
    const groups = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`p${i}`, { Normal: 20 + i, ...(i < 4 ? { Stone: 3 + i } : {}) }]),
    );
    const rows = rowsOf(groups);
    for (let seed = 1; seed <= 20; seed++) {
      const split = splitByGroup(rows, params(), seed);
      const partOf = new Map(split.map(({ image, part }) => [image, part]));
      for (const parts of partsByGroup(rows, split).values()) expect(parts.size).toBe(1);
      for (const name of ['Normal', 'Stone']) {
        const own = rows.filter((row) => row.class === name);
        expect(new Set(own.map(({ image }) => partOf.get(image))).size).toBe(3);
      }
    }
  });

  it('makes no empty fold and no more folds than groups', () => {
    const rows = rowsOf({ a: { A: 5 }, b: { A: 9 }, c: { B: 2 }, d: { B: 3 } });
    const folds = new Set(splitByGroup(rows, params({ strategy: 'k-fold', folds: 10 }), 1).map(({ part }) => part));
    expect([...folds].sort()).toEqual(['1', '2', '3', '4']);
    const left = splitByGroup(rows, params({ strategy: 'leave-one-group-out' }), 1);
    expect(partsByGroup(rows, left)).toEqual(new Map([...'abcd'].map((group, i) => [group, new Set([String(i + 1)])])));
  });

  it('by slices leaks, and the check says so', () => {
    const rows = rowsOf({ a: { A: 30 }, b: { A: 30 }, c: { B: 40 } });
    const split = splitByGroup(rows, params({ strategy: 'random-slices' }), 1);
    const count = (part: string) => split.filter((row) => row.part === part).length;
    expect([count('train'), count('validation'), count('test')]).toEqual([60, 20, 20]);
    expect(checkSplit(rows, split, { nearDuplicate: 0.995 }).sharedGroups).toEqual(['a', 'b', 'c']);
  });
});

describe('validation groups', () => {
  it('are whole groups near the wanted share, and never the last of a class', () => {
    void fc.assert(
      fc.property(dataset, seeds, fc.constantFrom(0.05, 0.2, 0.5, 0.9), (rows, seed, fraction) => {
        const watched = validationGroups(rows, seed, fraction);
        for (const name of new Set(rows.map((row) => row.class))) {
          const groups = new Set(rows.filter((row) => row.class === name).map(({ group }) => group));
          expect([...groups].some((group) => !watched.has(group))).toBe(true);
          expect([...groups].some((group) => watched.has(group))).toBe(true);
        }
        expect(validationGroups(rows.toReversed(), seed, fraction)).toEqual(watched);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('are none when nothing is asked for or every class has one group', () => {
    const rows = rowsOf({ a: { A: 5 }, b: { B: 9 } });
    expect(validationGroups(rows, 1, 0.2)).toEqual(new Set());
    expect(validationGroups(rowsOf({ a: { A: 5 }, b: { A: 5 } }), 1, 0)).toEqual(new Set());
    const shared = rowsOf({ a: { A: 5, B: 2 }, b: { A: 5 }, c: { A: 5 } });
    for (let seed = 1; seed <= 20; seed++) expect(validationGroups(shared, seed, 0.3).has('a')).toBe(false);
  });
});

describe('the check of a split', () => {
  const rows = rowsOf({ a: { A: 6 }, b: { A: 6 }, c: { B: 6 }, d: { B: 6 } });
  const split = rows.map(({ image, group }) => ({ image, part: 'ac'.includes(group) ? 'train' : 'test' }));
  const thumbnails = new Map(rows.map(({ image }) => [image, scanThumbnails(image, 1)[0] ?? new Float32Array()]));
  const check = (manifest: readonly Row[], parts = split) =>
    checkSplit(manifest, parts, { thumbnails, nearDuplicate: 0.995 });

  it('finds nothing where nothing is', () => {
    expect(check(rows)).toEqual({ sharedGroups: [], nearDuplicates: [], missing: [], surplus: [] });
  });

  it('finds a planted group, equal pixels, and a near-duplicate across classes', () => {
    expect(check(rows.map((row) => (row.image === 'A/a-0.png' ? { ...row, group: 'b' } : row))).sharedGroups).toEqual([
      'b',
    ]);
    const samePixels = rows.map((row) => (row.image === 'B/d-3.png' ? { ...row, pixel_hash: 'A/a-1.png' } : row));
    expect(check(samePixels).nearDuplicates).toEqual([{ a: 'A/a-1.png', b: 'B/d-3.png', correlation: 1 }]);
    const original = thumbnails.get('A/a-2.png') ?? new Float32Array();
    const planted = new Map(thumbnails).set(
      'B/d-4.png',
      original.map((v, k) => 2 * v + 0.01 * Math.sin(k)),
    );
    const [pair, ...others] = checkSplit(rows, split, { thumbnails: planted, nearDuplicate: 0.995 }).nearDuplicates;
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ a: 'A/a-2.png', b: 'B/d-4.png' });
    expect(pair?.correlation).toBeGreaterThan(0.999);
  });

  it('is not disturbed by twins within one part, and names each image with its nearest twin only', () => {
    const twins = new Map(thumbnails);
    const picture = thumbnails.get('A/a-0.png') ?? new Float32Array();
    for (const image of ['A/a-1.png', 'A/a-2.png']) twins.set(image, picture);
    expect(checkSplit(rows, split, { thumbnails: twins, nearDuplicate: 0.995 }).nearDuplicates).toEqual([]);
    twins.set('A/b-0.png', picture);
    const pairs = checkSplit(rows, split, { thumbnails: twins, nearDuplicate: 0.995 }).nearDuplicates;
    expect(pairs.map(({ a, b }) => `${a} ${b}`)).toEqual([
      'A/a-0.png A/b-0.png',
      'A/a-1.png A/b-0.png',
      'A/a-2.png A/b-0.png',
    ]);
  });

  it('names images without a part and parts without an image', () => {
    const found = check(rows, [...split.slice(2), { image: 'gone.png', part: 'train' }]);
    expect(found.missing).toEqual(['A/a-0.png', 'A/a-1.png']);
    expect(found.surplus).toEqual(['gone.png']);
  });
});
