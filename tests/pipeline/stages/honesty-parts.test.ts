import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import type { LeakScore } from '../../../src/pipeline/domain/leak-meter.ts';
import type { Estimate } from '../../../src/pipeline/domain/metrics.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { sharedGroups } from '../../../src/pipeline/files/index.ts';
import { groupedFolds, sliceFolds } from '../../../src/pipeline/stages/honesty/grouped-folds.ts';
import { gapOf, gapSentence, splitSentence } from '../../../src/pipeline/stages/leak-meter/sentence.ts';
import { verdictOf } from '../../../src/pipeline/stages/shortcuts/judge.ts';
import { vectorsOf } from '../../../src/pipeline/stages/shortcuts/look-at-all.ts';
import { pooledPredictions } from '../../../src/pipeline/stages/validate/repeats.ts';
import { shuffleSentence, shuffleVerdict, validationSentence } from '../../../src/pipeline/stages/validate/sentence.ts';
import { shuffleLabels } from '../../../src/pipeline/stages/validate/shuffle-labels.ts';
import { spreadOf } from '../../../src/pipeline/stages/validate/spread.ts';

const row = (image: string, group: string, name: string): ManifestRow => ({
  ...{ file: image, image, sha256: '', pixel_hash: image, class: name, scan: `${group}-scan`, group },
  ...{ domain: 'display', plane: 'axial', width: 1, height: 1 },
});

/** Two to six groups a class of one to four images each. */
const manifests = fc
  .array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 }), { minLength: 2, maxLength: 4 })
  .map((classes) =>
    classes.flatMap((groups, c) =>
      groups.flatMap((images, g) =>
        Array.from({ length: images }, (_, i) => row(`${c}-${g}-${i}`, `p${c}-${g}`, `class ${c}`)),
      ),
    ),
  );
const seeds = fc.integer({ min: 1, max: 1000 });
const once = { seed: 1, numRuns: 60 };
const estimate = (value: number, low: number | null = null, high: number | null = null): Estimate => ({
  ...{ value, low, high },
});

describe('folds', () => {
  const params = paramsSchema.parse({});

  it('of patient groups hold every image once and never divide a group; other seeds give other folds', () => {
    void fc.assert(
      fc.property(manifests, seeds, (manifest, seed) => {
        const folds = groupedFolds(manifest, params, 3, seed);
        expect(folds.map(({ image }) => image).sort()).toEqual(manifest.map(({ image }) => image).sort());
        const groupOf = new Map(manifest.map(({ image, group }) => [image, group]));
        expect(sharedGroups(folds.map(({ image, part }) => ({ group: groupOf.get(image) ?? '', part })))).toEqual([]);
        expect(groupedFolds(manifest, params, 3, seed)).toEqual(folds);
      }),
      once,
    );
    const many = Array.from({ length: 24 }, (_, i) => row(`${i}`, `p${i}`, i % 2 === 0 ? 'a' : 'b'));
    expect(groupedFolds(many, params, 3, 1)).not.toEqual(groupedFolds(many, params, 3, 2));
  });

  it('of random slices differ in size by one at most and divide a large patient', () => {
    void fc.assert(
      fc.property(manifests, seeds, (manifest, seed) => {
        const sizes = [1, 2, 3].map((fold) => sliceFolds(manifest, 3, seed).filter((r) => r.part === `${fold}`).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      once,
    );
    const one = Array.from({ length: 9 }, (_, i) => row(`${i}`, 'p', 'a'));
    expect(new Set(sliceFolds(one, 3, 1).map(({ part }) => part)).size).toBe(3);
  });
});

describe('shuffled labels', () => {
  it('swap the classes of whole groups: as many groups of each class as before, one class a group', () => {
    void fc.assert(
      fc.property(manifests, seeds, (manifest, seed) => {
        const shuffled = shuffleLabels(manifest, seed);
        const classes = (rows: readonly ManifestRow[]): string[] =>
          [...Map.groupBy(rows, (each) => each.group).values()].map((own) => own[0]?.class ?? '').sort();
        expect(classes(shuffled)).toEqual(classes(manifest));
        const byGroup = Map.groupBy(shuffled, (each) => each.group);
        expect([...byGroup.values()].every((own) => new Set(own.map((each) => each.class)).size === 1)).toBe(true);
        expect(shuffled.map(({ image, group }) => [image, group])).toEqual(
          manifest.map(({ image, group }) => [image, group]),
        );
        expect(shuffleLabels(manifest, seed)).toEqual(shuffled);
      }),
      once,
    );
  });

  it('have a verdict by where guessing lies', () => {
    expect(shuffleVerdict(estimate(0.3, 0.2, 0.4), 0.25)).toBe('at-chance');
    expect(shuffleVerdict(estimate(0.5, 0.4, 0.6), 0.25)).toBe('above-chance');
    expect(shuffleVerdict(estimate(0.1, 0, 0.2), 0.25)).toBe('below-chance');
    expect(shuffleVerdict(estimate(0.9), 0.25)).toBe('at-chance');
    expect(shuffleSentence(estimate(0.24, 0.15, 0.36), 0.25, 'at-chance')).toBe(
      'With labels shuffled between patient groups, balanced accuracy by scan 0.24 [0.15, 0.36] holds chance (0.25), as it must: nothing of a label reaches its held-out patients.',
    );
  });
});

describe('repeats', () => {
  const said = (probabilities: number[]) => ({
    predictions: [{ image: 'a', scan: 's', group: 'p', truth: 0, probabilities }],
  });

  it('are pooled by the mean of what each said', () => {
    const [pooled] = pooledPredictions([said([1, 0]), said([0.5, 0.5]), said([0.25, 0.75])]);
    expect(pooled?.probabilities.map((value) => Number(value.toFixed(6)))).toEqual([0.583333, 0.416667]);
  });

  it('are summed up in mean, sample deviation, extremes and mean interval (numpy: std(ddof=1))', () => {
    const spread = spreadOf([estimate(0.5, 0.4, 0.6), estimate(0.6, 0.5, 0.8), estimate(0.7, 0.6, 0.7)]);
    expect(spread.mean).toBeCloseTo(0.6, 12);
    expect(spread.sd).toBeCloseTo(0.1, 12);
    expect([spread.min, spread.max]).toEqual([0.5, 0.7]);
    expect(spread.low).toBeCloseTo(0.5, 12);
    expect(spread.high).toBeCloseTo(0.7, 12);
    expect(spreadOf([estimate(0.5)])).toMatchObject({ mean: 0.5, sd: null, low: null });
    expect(spreadOf([{ value: null, low: null, high: null }])).toMatchObject({ mean: null, min: null });
  });

  it('are told in one sentence', () => {
    const spread = spreadOf([estimate(0.5, 0.4, 0.6), estimate(0.54, 0.4, 0.72)]);
    expect(validationSentence(spread, 3, 2, 0.25)).toBe(
      '2 times 3-fold cross-validation by patient group: balanced accuracy by scan 0.52, from 0.50 to 0.54 over the repeats (standard deviation 0.03); 95 % interval over patient groups 0.40 to 0.66; chance is 0.25.',
    );
  });
});

describe('the leak meter', () => {
  const scores = (random: number, grouped: number): LeakScore[] => [
    { scorer: 'model', split: 'random-slices', balanced_accuracy: estimate(random), accuracy: estimate(random) },
    { scorer: 'model', split: 'patient-groups', balanced_accuracy: estimate(grouped), accuracy: estimate(grouped) },
  ];

  it('names the gap', () => {
    expect(gapSentence(scores(0.991, 0.528))).toBe(
      'A random slice split says 99 %, a split by patient 53 %: 46 points are memory of neighbouring slices.',
    );
    expect(gapOf(scores(0.991, 0.528))).toBeCloseTo(0.463, 12);
    expect(gapSentence(scores(0.6, 0.58))).toBe(
      'A random slice split says 60 %, a split by patient 58 %: here neighbouring slices give little away.',
    );
    const memoriser = (split: LeakScore['split'], value: number): LeakScore => ({
      ...{ scorer: 'memoriser', split, balanced_accuracy: estimate(value), accuracy: estimate(value) },
    });
    expect(
      gapSentence([...scores(0.38, 0.35), memoriser('random-slices', 0.97), memoriser('patient-groups', 0.28)]),
    ).toBe(
      'A random slice split says 38 %, a split by patient 35 %: this classifier takes little from neighbouring slices, but a memoriser gets 97 % out of them.',
    );
    expect(gapSentence([])).toContain('not defined');
  });

  it('names what stands on both sides of the split in use', () => {
    const leak = {
      ...{ groups: 12, pairs: 1, named_groups: ['p1', 'p2'] },
      named_pairs: [{ a: 'x.png', b: 'y.png', correlation: 0.999 }],
    };
    expect(splitSentence(leak)).toBe(
      'LEAK in the split in use: on both sides stand 12 patient groups (p1, p2 and 10 more) and 1 pair of near-duplicate images (x.png ~ y.png).',
    );
    expect(splitSentence(null)).toBe('There is no split yet.');
    expect(splitSentence({ groups: 0, pairs: 0, named_groups: [], named_pairs: [] })).toMatch(
      /^In the split in use no/,
    );
  });
});

describe('the shortcut audit', () => {
  it('suspects only what lies above guessing with its whole interval', () => {
    expect(verdictOf(estimate(0.5, 0.26, 0.7), 0.25)).toBe('suspicious');
    expect(verdictOf(estimate(0.5, 0.25, 0.7), 0.25)).toBe('near-chance');
    expect(verdictOf(estimate(0.5), 0.25)).toBe('unknown');
  });

  it('gives each word a coordinate of its own', () => {
    const { values, dimensions } = vectorsOf([
      { numbers: [1], words: ['.png', '8 bit'] },
      { numbers: [2], words: ['.jpg', '8 bit'] },
    ]);
    expect(dimensions).toBe(4);
    expect([...values]).toEqual([1, 1, 0, 1, 2, 0, 1, 1]);
  });
});
