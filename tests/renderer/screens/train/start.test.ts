import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../../../src/renderer/screens/train/form/fields.ts';
import { defaultValues } from '../../../../src/renderer/screens/train/form/values.ts';
import {
  imagesText,
  memoryNeed,
  memoryText,
  timeText,
} from '../../../../src/renderer/screens/train/start/estimate-text.ts';
import { leakReason } from '../../../../src/renderer/screens/train/start/leak.ts';
import { longestName, proposedName } from '../../../../src/renderer/screens/train/start/run-name.ts';
import { mostVariants, variantsOf, variedFields } from '../../../../src/renderer/screens/train/start/variants.ts';

const last = { name: 'first', values: defaultValues };
const changed = (changes: Record<string, unknown>) => ({ ...defaultValues, ...changes });

describe('name of the next run', () => {
  it('says what differs from the last run', () => {
    expect(proposedName(changed({ 'head.dropout': 0.4 }), last)).toBe('dropout 0.4');
    expect(proposedName(changed({ 'split.strategy': 'k-fold', 'training.epochs': 50 }), last)).toBe(
      'k-fold, epochs 50',
    );
    expect(proposedName(defaultValues, { ...last, values: changed({ 'head.dropout': 0.4 }) })).toBe('dropout 0.2');
  });

  it('says what differs from the defaults where there is no last run, or none that it can read', () => {
    expect(proposedName(defaultValues, undefined)).toBe('defaults');
    expect(proposedName(changed({ seed: 8 }), undefined)).toBe('seed 8');
    expect(proposedName(changed({ seed: 8 }), { name: 'old', values: undefined })).toBe('seed 8');
  });

  it('names a repetition after what it repeats', () => {
    expect(proposedName(defaultValues, last)).toBe('repeat of first');
    expect(proposedName(defaultValues, { ...last, name: 'x'.repeat(200) })).toHaveLength(longestName);
  });

  it('counts what does not fit', () => {
    const values = changed({
      seed: 8,
      'head.dropout': 0.4,
      'head.hidden': 64,
      'image.size': 160,
      'image.crop': 'none',
    });
    expect(proposedName(values, last)).toBe('seed 8, crop none, size 160, 2 more');
  });

  it('writes windows, levels and nothing in words', () => {
    const windows = [{ center: 50, width: 350 }];
    expect(proposedName(changed({ 'image.windows': windows }), last)).toBe('window 350/50');
    expect(proposedName(changed({ 'backbone.features': ['block3', 'top'] }), last)).toBe('features block3+top');
    const weights = { ...last, values: changed({ 'backbone.weights': '/w' }) };
    expect(proposedName(defaultValues, weights)).toBe('weights none');
  });
});

describe('several runs at once', () => {
  const dropout = fieldAt('head.dropout');
  const schedule = fieldAt('training.schedule');
  if (dropout === undefined || schedule === undefined) throw new Error('fields');

  it('makes a run of each value, named after it', () => {
    const { runs, problems } = variantsOf(defaultValues, dropout, '0.1, 0.3;0.5 , ,0.30');
    expect(problems).toEqual([]);
    expect(runs.map(({ name }) => name)).toEqual(['dropout 0.1', 'dropout 0.3', 'dropout 0.5']);
    expect(runs.map(({ params }) => params.head.dropout)).toEqual([0.1, 0.3, 0.5]);
    expect(runs.every(({ params }) => params.training.epochs === 30)).toBe(true);
  });

  it('takes choices by key or by the words of the form', () => {
    const { runs } = variantsOf(defaultValues, schedule, 'Constant, step');
    expect(runs.map(({ params }) => params.training.schedule)).toEqual(['constant', 'step']);
  });

  it('says which value is wrong, and why', () => {
    const { runs, problems } = variantsOf(defaultValues, dropout, '0.1, 2, much');
    expect(runs).toHaveLength(1);
    expect(problems).toEqual(['2: Expected a number from 0 to 0.9.', 'much: This is not a number.']);
  });

  it('does not hide a fault of another field', () => {
    const { runs, problems } = variantsOf(changed({ seed: 0 }), dropout, '0.1');
    expect(runs).toEqual([]);
    expect(problems).toEqual(['0.1: another field of the form is not right yet.']);
  });

  it('queues no more than can be looked through', () => {
    const text = Array.from({ length: mostVariants + 1 }, (_, index) => index / 100).join(',');
    expect(variantsOf(defaultValues, dropout, text).problems).toEqual(['21 runs: at most 20 can be queued at once.']);
  });

  it('offers numbers and choices', () => {
    expect(variedFields.map(({ path }) => path)).toContain('training.learning_rate');
    expect(variedFields.map(({ path }) => path)).not.toContain('image.windows');
  });
});

describe('estimate', () => {
  const estimate = {
    seconds: { low: 20, high: 200 },
    peakMemoryMb: 1000,
    machineMemoryMb: 8000,
    images: 120,
    uncached: 192,
    trainableParameters: 5732,
    basis: 'guess',
  };

  it('says no more than is known', () => {
    expect(timeText(estimate)).toBe('20 s to 3 min');
    expect(timeText({ ...estimate, seconds: { low: 0.2, high: 0.9 } })).toBe('about 1 s');
    expect(timeText({ ...estimate, seconds: { low: 61, high: 64 } })).toBe('about 1 min');
    expect(timeText({ ...estimate, seconds: { low: 3700, high: 9000 } })).toBe('1 h to 2 h 30 min');
  });

  it('is loud where memory will not do', () => {
    expect(memoryText(estimate)).toBe('1.0 GB of 8.4 GB');
    expect(memoryNeed(estimate).isTooMuch).toBe(false);
    expect(memoryNeed({ ...estimate, peakMemoryMb: 6401 }).isTooMuch).toBe(true);
    expect(memoryNeed({ ...estimate, machineMemoryMb: 0 }).isTooMuch).toBe(false);
  });

  it('counts the images that have to be read first', () => {
    expect(imagesText(estimate)).toBe('120 train, 192 images to read first');
    expect(imagesText({ ...estimate, uncached: 0 })).toBe('120 train, features of all are cached');
  });
});

describe('a run that would leak', () => {
  const split = { strategy: 'holdout', parts: [], leakingGroups: 2, stale: false } as const;
  const wide = { ...split, parts: [] };

  it('needs consent for random slices and for a split with groups on both sides', () => {
    expect(leakReason(changed({ 'split.strategy': 'random-slices' }), null, undefined)).toContain('neighbouring');
    expect(leakReason(defaultValues, wide, undefined)).toBe('2 patient groups stand on both sides of the split.');
    expect(leakReason(defaultValues, { ...wide, leakingGroups: 1 }, undefined)).toContain('1 patient group stands');
  });

  it('needs none where the split will be made anew, or is sound', () => {
    expect(leakReason(defaultValues, { ...wide, stale: true }, undefined)).toBeUndefined();
    expect(leakReason(changed({ 'split.strategy': 'k-fold' }), wide, undefined)).toBeUndefined();
    expect(leakReason(defaultValues, { ...wide, leakingGroups: 0 }, undefined)).toBeUndefined();
    expect(leakReason(defaultValues, null, undefined)).toBeUndefined();
  });

  it('needs it when the core refused the last run for its leak', () => {
    const refused = { state: 'failed', error: { code: 'split/leak-refused', facts: {} } } as const;
    expect(leakReason(defaultValues, null, refused)).toContain('refused');
    expect(leakReason(defaultValues, null, { ...refused, state: 'completed' })).toBeUndefined();
  });
});
