import { describe, expect, it } from 'vitest';
import { defaultValues } from '../../../../src/renderer/screens/train/form/values.ts';
import {
  imagesText,
  memoryText,
  refusalText,
  timeText,
} from '../../../../src/renderer/screens/train/start/estimate-text.ts';
import { leakReason } from '../../../../src/renderer/screens/train/start/leak.ts';
import { longestName, proposedName } from '../../../../src/renderer/screens/train/start/run-name.ts';

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

describe('estimate', () => {
  const estimate = {
    seconds: { low: 20, high: 200 },
    peakMemoryMb: 1000,
    machineMemoryMb: 8000,
    availableMemoryMb: 6000,
    tooLarge: null,
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
    expect(memoryText(estimate)).toBe('1.0 GB, 6.3 GB are free');
    expect(refusalText(estimate)).toBeUndefined();
    const large = { ...estimate, peakMemoryMb: 6401 };
    expect(refusalText({ ...large, tooLarge: { batch: 4 } })).toBe(
      'This run would need 6.7 GB of memory, and 6.3 GB are free: it would be refused. A batch size of 4 would fit.',
    );
    expect(refusalText({ ...large, tooLarge: { batch: null } })).toContain('Train fewer blocks');
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
