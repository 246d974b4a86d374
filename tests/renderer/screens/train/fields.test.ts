import { describe, expect, it } from 'vitest';
import { paramsSchema } from '../../../../src/pipeline/domain/params.ts';
import {
  fieldAt,
  fields,
  limitsText,
  numberFault,
  sections,
} from '../../../../src/renderer/screens/train/form/fields.ts';
import { groups } from '../../../../src/renderer/screens/train/form/groups.ts';
import { helpFor } from '../../../../src/renderer/screens/train/form/option-help.ts';
import { labelOf, optionLabel, shortName } from '../../../../src/renderer/screens/train/form/wording.ts';

/** Every leaf of what the core writes, and the one key that may be left out. */
const leaves = [...leavesOf(paramsSchema.parse({}), []), 'backbone.weights'].sort();

function leavesOf(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

describe('fields from the schema of params.yaml', () => {
  it('has exactly one field for every leaf', () => {
    expect(fields.map(({ path }) => path).sort()).toEqual(leaves);
    expect(leaves.length).toBeGreaterThan(25);
  });

  it('shows each field in exactly one group, none of them unnamed', () => {
    const shown = groups.flatMap(({ usual, unusual }) => [...usual, ...unusual].map(({ path }) => path));
    expect(shown.sort()).toEqual(leaves);
    expect(groups.map(({ title }) => title)).toEqual([
      ...['Data and split', 'Image', 'Network', 'Training', 'Fine-tuning', 'Augmentation', 'Answering', 'Evaluation'],
    ]);
    for (const { usual } of groups) expect(usual.length).toBeGreaterThan(1);
  });

  it('says of every field and section what it means', () => {
    for (const { path, help } of fields) expect(help, path).toMatch(/\S{2,} .*\.$/);
    for (const { key, help } of sections) expect(help, key).not.toBe('');
  });

  it('knows the default of every field, as the schema gives it', () => {
    const defaults = paramsSchema.parse({});
    expect(fieldAt('training.epochs')?.default).toBe(defaults.training.epochs);
    expect(fieldAt('image.windows')?.default).toEqual(defaults.image.windows);
    expect(fields.filter(({ optional }) => optional).map(({ path }) => path)).toEqual(['backbone.weights']);
  });

  it('has the limits of the schema for every number', () => {
    for (const { path, shape } of fields) {
      if (shape.kind !== 'number') continue;
      expect(limitsText(shape), path).toMatch(/\d/);
    }
    const text = (path: string): string => limitsText(fieldAt(path)?.shape ?? { kind: 'text' });
    expect(text('head.dropout')).toBe('From 0 to 0.9.');
    expect(text('training.epochs')).toBe('Whole number from 1 to 10000.');
    expect(text('training.learning_rate')).toBe('Above 0, at most 1.');
    expect(text('seed')).toBe('Whole number of 1 or more.');
    expect(text('backbone.features')).toBe('At least 1.');
    expect(text('image.crop')).toBe('');
  });

  it('says what a number should have been', () => {
    const number = { kind: 'number', integer: true, min: 1, max: 9, above: undefined } as const;
    expect(numberFault(number)).toBe('Expected a whole number from 1 to 9.');
    expect(numberFault({ ...number, integer: false, min: undefined, max: 1, above: 0 })).toBe(
      'Expected a number above 0, at most 1.',
    );
    expect(numberFault({ ...number, min: undefined, max: undefined })).toBe('Expected a whole number.');
  });

  it('reads every kind of control from the schema', () => {
    const kindOf = (path: string) => fieldAt(path)?.shape.kind;
    expect(kindOf('seed')).toBe('number');
    expect(kindOf('split.strategy')).toBe('choice');
    expect(kindOf('fine_tuning.warm_start')).toBe('switch');
    expect(kindOf('backbone.name')).toBe('text');
    expect(kindOf('backbone.features')).toBe('names');
    expect(fieldAt('image.domains')?.shape).toEqual({
      kind: 'some',
      word: 'auto',
      options: ['display', 'hounsfield'],
    });
    expect(fieldAt('image.windows')?.shape).toMatchObject({
      kind: 'records',
      counts: [1, 3],
      keys: [
        { key: 'center', above: undefined },
        { key: 'width', above: 0 },
      ],
    });
  });
});

describe('wording', () => {
  it('falls back to the key where there are no words', () => {
    expect(labelOf('training.warmup_epochs')).toBe('Warmup epochs');
    expect(shortName('training.warmup_epochs')).toBe('warmup epochs');
    expect(optionLabel('training.schedule', 'linear')).toBe('linear');
  });

  it('has words for every option that the schema knows', () => {
    for (const { path, shape } of fields) {
      if (shape.kind !== 'choice') continue;
      for (const option of shape.options) expect(optionLabel(path, option), `${path} ${option}`).not.toBe(option);
    }
  });

  it('tells of the chosen option only', () => {
    const options = ['holdout', 'k-fold'];
    const help = 'holdout: train and test. k-fold: every image once.';
    expect(helpFor(help, options, 'holdout')).toBe('Train and test.');
    expect(helpFor(help, options, 'k-fold')).toBe('Every image once.');
    expect(helpFor(`How it goes. ${help}`, options, 'k-fold')).toBe('How it goes. Every image once.');
    expect(helpFor(help, options, 'other')).toBe(help);
    expect(helpFor('What has to improve.', ['loss'], 'loss')).toBe('What has to improve.');
  });
});
