import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../../src/main/studies/sweep/candidates.ts';
import { parseYaml } from '../../../../src/main/workspace/yaml-file.ts';
import { HilumError } from '../../../../src/pipeline/domain/errors.ts';
import { paramsSchema } from '../../../../src/pipeline/domain/params.ts';
import { type SweepDefinition, sweepSchema } from '../../../../src/pipeline/domain/sweep.ts';

const params = paramsSchema.parse({});
const read = (text: string): SweepDefinition => parseYaml(text, 'sweep.yaml', sweepSchema);

function faultOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof HilumError) return `${error.code}: ${error.sentence}`;
  }
  return 'no error';
}

describe('sweep.yaml', () => {
  it('has a default for all but the search', () => {
    const { search: _search, ...rest } = read('search:\n  training:\n    l2: [0.01]\n');
    expect(rest).toEqual({
      name: 'sweep',
      objective: 'validation_balanced_accuracy',
      halving: { eta: 3, least_epochs: 1 },
    });
  });

  it.each([
    ['search:\n  training:\n    learnin_rate: [0.1]\n', 'line 3', 'search.training.learning_rate'],
    ['search:\n  trainin:\n    l2: [0.1]\n', 'line 2', 'search.training'],
    ['search:\n  head:\n    dropout:\n      - 0.1\n      - 7\n', 'line 5', 'at most 0.9'],
    ['search:\n  head:\n    hidden: 128\n', 'line 3', 'search.head.hidden'],
    ['search:\n  image:\n    crop: [body, nothing]\n', 'line 3', 'body, none'],
    ['search:\n  split:\n    folds: [3, 5]\n', 'line 2', 'cannot be searched'],
    ['search:\n  backbone:\n    weights: [a, b]\n', 'line 3', 'cannot be searched'],
    ['search:\n  training:\n    l2: { low: 0.1, high: 0.01 }\nrandom: { candidates: 3 }\n', 'line 3', 'more than low'],
    [
      'search:\n  training:\n    l2: { low: 0, high: 0.1, scale: log }\nrandom: { candidates: 3 }\n',
      'line 3',
      'log scale',
    ],
    ['search:\n  training:\n    l2: { low: 0.01, high: 0.1 }\n', 'line 3', 'random'],
    ['search: {}\n', 'line 1', 'no key'],
    ['search:\n  seed: [1]\nobjectiv: validation_loss\n', 'line 3', 'objective'],
    ['search:\n  seed: [1]\nobjective: test_accuracy\n', 'line 3', 'validation_balanced_accuracy'],
    ['search:\n  seed: [0]\n', 'line 2', 'at least 1'],
  ])('%j is refused at its line', (text, line, word) => {
    const fault = faultOf(text);
    expect(fault).toContain(line);
    expect(fault).toContain(word);
  });

  it('never lets through what params.yaml would refuse, and never throws anything but its own errors', () => {
    const value = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.integer()),
    );
    const key = fc.constantFrom('l2', 'epochs', 'schedule', 'label_smoothing', 'early_stopping', 'nothing');
    void fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(value, fc.array(value))), (training) => {
        const found = sweepSchema.safeParse({ search: { training } });
        if (found.success) expect(candidatesOf(params, found.data).length).toBeGreaterThan(0);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('candidates', () => {
  const changesOf = (text: string) => candidatesOf(params, read(text)).map(({ changes }) => changes);

  it('a grid is every combination, each once, in the order of params.yaml', () => {
    expect(changesOf('search:\n  training:\n    l2: [0.1, 0.01, 0.1]\n  head:\n    hidden: [0, 8]\n')).toEqual([
      { 'head.hidden': 0, 'training.l2': 0.1 },
      { 'head.hidden': 0, 'training.l2': 0.01 },
      { 'head.hidden': 8, 'training.l2': 0.1 },
      { 'head.hidden': 8, 'training.l2': 0.01 },
    ]);
  });

  it('lists and groups of values are one value each', () => {
    const [first, second] = candidatesOf(
      params,
      read('search:\n  backbone:\n    features: [[block3, block5], [top]]\n'),
    );
    expect(first?.params.backbone.features).toEqual(['block3', 'block5']);
    expect(second?.params.backbone.features).toEqual(['top']);
  });

  it('draws are decided by their seed, stay in their range and repeat nothing', () => {
    const text = (seed: number) =>
      `search:\n  training:\n    l2: { low: 0.0001, high: 0.1, scale: log }\n  head:\n    hidden: { low: 0, high: 64 }\nrandom: { candidates: 20, seed: ${seed} }\n`;
    const drawn = changesOf(text(3));
    expect(drawn).toEqual(changesOf(text(3)));
    expect(drawn).not.toEqual(changesOf(text(4)));
    expect(new Set(drawn.map((each) => JSON.stringify(each))).size).toBe(20);
    for (const each of drawn) {
      expect(each['training.l2']).toBeGreaterThanOrEqual(0.0001);
      expect(each['training.l2']).toBeLessThanOrEqual(0.1);
      expect(Number.isInteger(each['head.hidden'])).toBe(true);
    }
    // On a log scale half of the draws lie below the geometric middle.
    const low = drawn.filter((each) => Number(each['training.l2']) < 0.00316).length;
    expect(low).toBeGreaterThan(4);
    expect(low).toBeLessThan(16);
  });

  it('a small space gives what it has', () => {
    expect(changesOf('search:\n  head:\n    hidden: [0, 8]\nrandom: { candidates: 50 }\n').length).toBe(2);
  });

  it('too many combinations are refused with their number', () => {
    const many = Array.from({ length: 30 }, (_, i) => i + 1).join(', ');
    const text = `search:\n  seed: [${many}]\n  training:\n    epochs: [${many}]\n`;
    expect(() => changesOf(text)).toThrow(expect.objectContaining({ code: 'sweep/too-many' }));
  });
});
