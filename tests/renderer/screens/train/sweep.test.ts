import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../src/main/studies/run-filter/parse.ts';
import {
  changesText,
  rungsText,
  sweepFilter,
  sweptKeys,
  sweptValue,
} from '../../../../src/renderer/components/sweep/sweep-words.ts';
import {
  type DraftRow,
  newDraft,
  readDraft,
  type SweepDraft,
  searchedFields,
} from '../../../../src/renderer/screens/train/sweep/sweep-draft.ts';

const row = (path: string, text: string, kind: DraftRow['kind'] = 'values', id = 1): DraftRow => ({
  id,
  path,
  kind,
  text,
});
const draft = (rows: readonly DraftRow[], rest: Partial<SweepDraft> = {}): SweepDraft => ({
  ...newDraft,
  ...rest,
  rows,
});
const searchOf = (text: string, path: string) => readDraft(draft([row(path, text)])).definition?.search;

describe('a sweep as it is written in the dialog', () => {
  it('becomes the definition that sweep.yaml would hold', () => {
    const rows = [
      row('training.learning_rate', '0.0003, 0.001; 0.003'),
      row('training.early_stopping.metric', 'Validation loss, balanced_accuracy', 'values', 2),
      row('seed', '1, 2', 'values', 3),
    ];
    const { definition, problems } = readDraft(draft(rows, { name: ' rates ' }));
    expect([...problems]).toEqual([]);
    expect(definition).toEqual({
      name: 'rates',
      search: {
        training: { learning_rate: [0.0003, 0.001, 0.003], early_stopping: { metric: ['loss', 'balanced_accuracy'] } },
        seed: [1, 2],
      },
      objective: 'validation_balanced_accuracy',
      halving: { eta: 3, least_epochs: 1 },
    });
  });

  it('reads sets of feature levels', () => {
    expect(searchOf('block3, block5; top', 'backbone.features')).toEqual({
      backbone: { features: [['block3', 'block5'], ['top']] },
    });
  });

  it('reads switches in words', () => {
    expect(searchOf('on, No', 'augmentation.flip')).toEqual({ augmentation: { flip: [true, false] } });
    expect(readDraft(draft([row('augmentation.flip', 'maybe')])).problems.get(1)).toBe('maybe: Write on or off.');
  });

  it('draws from a range, on either scale', () => {
    const rows = [row('training.l2', '0.0001 to 0.1', 'log'), row('head.hidden', '0..64', 'linear', 2)];
    const { definition } = readDraft(draft(rows, { method: 'random', candidates: 5 }));
    expect(definition?.search).toEqual({
      training: { l2: { low: 0.0001, high: 0.1, scale: 'log' } },
      head: { hidden: { low: 0, high: 64, scale: 'linear' } },
    });
    expect(definition?.random).toEqual({ candidates: 5, seed: 7 });
  });

  it.each([
    [row('head.dropout', '0.1, 2'), '2: Expected a number from 0 to 0.9.'],
    [row('head.dropout', 'much'), 'much: This is not a number.'],
    [row('image.crop', 'body, nothing'), 'nothing: One of To the body, None.'],
    [row('training.l2', '0 to 1', 'log'), 'On a log scale the lowest value has to be above 0.'],
    [row('training.l2', '0.5 to 0.1', 'linear'), 'The second value has to be the larger one.'],
    [row('training.l2', '0.5', 'linear'), 'Write the lowest and the highest value: 0.0001 to 0.1'],
    [row('head.dropout', '0.5 to 7', 'linear'), 'Expected a number from 0 to 0.9.'],
  ])('%j: %s', (written, problem) => {
    const { definition, problems } = readDraft(draft([written], { method: 'random' }));
    expect(definition).toBeUndefined();
    expect(problems.get(1)).toBe(problem);
  });

  it('is not whole without a value, nor with one parameter twice', () => {
    expect(readDraft(newDraft)).toEqual({ definition: undefined, problems: new Map() });
    const twice = readDraft(draft([row('seed', '1'), row('seed', '2', 'values', 2)]));
    expect(twice.definition).toBeUndefined();
    expect([...twice.problems.keys()]).toEqual([2]);
  });

  it('offers what a sweep can compare, and nothing that would change the split or the measure', () => {
    const paths = searchedFields.map(({ path }) => path);
    expect(paths).toContain('backbone.features');
    expect(paths).toContain('augmentation.rotation');
    for (const path of ['split.folds', 'evaluation.scan_vote', 'backbone.weights', 'scans.same_scan'])
      expect(paths).not.toContain(path);
  });

  it('never throws, whatever is typed', () => {
    const rows = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 4 }),
        path: fc.constantFrom(...searchedFields.map(({ path }) => path), 'nothing'),
        kind: fc.constantFrom('values' as const, 'linear' as const, 'log' as const),
        text: fc.string(),
      }),
    );
    void fc.assert(
      fc.property(rows, fc.constantFrom('grid' as const, 'random' as const), (written, method) => {
        const { definition, problems } = readDraft(draft(written, { method }));
        expect(definition === undefined || problems.size === 0).toBe(true);
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});

describe('a sweep in words', () => {
  it('says its rungs', () => {
    expect(
      rungsText([
        { candidates: 9, share: 1 / 9 },
        { candidates: 3, share: 1 / 3 },
        { candidates: 1, share: 1 },
      ]),
    ).toBe('9 candidates to 11 % of their epochs, 3 to 33 %, 1 to the end');
    expect(rungsText([{ candidates: 1, share: 1 }])).toBe('1 candidate to the end');
  });

  it('names keys and values', () => {
    const candidate = { changes: { 'training.learning_rate': 0.001, 'backbone.features': ['block3', 'top'] } };
    expect(changesText(candidate.changes)).toBe('learning rate 0.001, features block3 + top');
    expect(sweptValue({ width: 400 })).toBe('{"width":400}');
    expect(sweptKeys({ candidates: [] })).toEqual([]);
  });

  it('finds its runs by any name', () => {
    void fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary-ascii' }), (name) => {
        const { filter } = parseFilter(sweepFilter({ name }));
        expect(filter).toMatchObject({ is: 'compare', key: 'sweep', operator: '=', value: name });
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
