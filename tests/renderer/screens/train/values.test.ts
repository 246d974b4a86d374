import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramsSchema } from '../../../../src/pipeline/domain/params.ts';
import { idleReason, isHidden } from '../../../../src/renderer/screens/train/form/applies.ts';
import { withBackbone } from '../../../../src/renderer/screens/train/form/backbones.ts';
import { check } from '../../../../src/renderer/screens/train/form/faults.ts';
import { fields } from '../../../../src/renderer/screens/train/form/fields.ts';
import type { Shape } from '../../../../src/renderer/screens/train/form/shapes.ts';
import { steppedValue, textOf, typedValue } from '../../../../src/renderer/screens/train/form/typed-number.ts';
import { valueWords } from '../../../../src/renderer/screens/train/form/value-words.ts';
import { defaultValues, differing, nested, valuesOf } from '../../../../src/renderer/screens/train/form/values.ts';
import { windowsIn, windowsOf } from '../../../../src/renderer/screens/train/form/window-choices.ts';

const defaults = paramsSchema.parse({});
const backbones = [
  { name: 'efficientnet-lite0', title: 'EfficientNet-Lite0', features: ['top', 'block3', 'block5'], ready: true },
  { name: 'vgg16', title: 'VGG16', features: ['top', 'block3'], ready: false },
];

/** Any value that the schema lets through. */
function anyValueOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'number': {
      const min = shape.min ?? shape.above ?? -1000;
      const max = shape.max ?? min + 1000;
      if (shape.integer) return fc.integer({ min, max });
      return fc.double({ min: shape.above === undefined ? min : min + 1e-9, max, noNaN: true });
    }
    case 'choice':
      return fc.constantFrom(...shape.options);
    case 'text':
      return fc.string({ minLength: 1 });
    case 'switch':
      return fc.boolean();
    case 'names':
      return fc.array(fc.string(), { minLength: shape.least, maxLength: 5 });
    case 'some':
      return fc.oneof(
        fc.constant(shape.word),
        fc.array(fc.constantFrom(...shape.options), { minLength: 1, maxLength: 3 }),
      );
    case 'records': {
      const window = fc.record({ center: fc.integer(), width: fc.integer({ min: 1, max: 4000 }) });
      return fc.oneof(...shape.counts.map((count) => fc.array(window, { minLength: count, maxLength: count })));
    }
  }
}

const anyValues = fc.record(Object.fromEntries(fields.map(({ path, shape }) => [path, anyValueOf(shape)])));

describe('values of the form', () => {
  it('are the defaults of the schema at the start', () => {
    expect(defaultValues).toEqual(valuesOf(defaults));
    expect(check(defaultValues)).toEqual({ params: defaults, faults: {} });
  });

  it('come back as the same parameters, whatever these are', () => {
    return fc.assert(
      fc.property(anyValues, (values) => {
        const params = paramsSchema.parse(nested(values));
        expect(valuesOf(params)).toEqual(values);
        expect(check(valuesOf(params))).toEqual({ params, faults: {} });
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('leave an optional key out', () => {
    expect(Object.keys(paramsSchema.parse(nested(defaultValues)).backbone)).not.toContain('weights');
    expect(nested({ ...defaultValues, 'backbone.weights': '../w' })).toMatchObject({ backbone: { weights: '../w' } });
  });

  it('differ field by field', () => {
    const changed = { ...defaultValues, 'head.dropout': 0.4, 'image.windows': [{ center: 50, width: 350 }] };
    expect(differing(changed, defaultValues).map(({ path }) => path)).toEqual(['image.windows', 'head.dropout']);
    expect(differing({ ...defaultValues, 'image.windows': [{ center: 40, width: 400 }] }, defaultValues)).toEqual([]);
  });
});

describe('what is wrong stands beside its field', () => {
  const faultsOf = (changes: Record<string, unknown>) => check({ ...defaultValues, ...changes }, backbones).faults;

  it('tells a missing, a misspelled and an impossible number apart', () => {
    expect(faultsOf({ 'training.epochs': '' })).toEqual({ 'training.epochs': 'A number is needed.' });
    expect(faultsOf({ 'training.epochs': 'ten' })).toEqual({ 'training.epochs': 'This is not a number.' });
    expect(faultsOf({ 'training.epochs': 1.5 })).toEqual({
      'training.epochs': 'Expected a whole number from 1 to 10000.',
    });
    expect(faultsOf({ 'training.learning_rate': 0 })).toEqual({
      'training.learning_rate': 'Expected a number above 0, at most 1.',
    });
  });

  it('tells every fault at once, each at its own field', () => {
    const faults = faultsOf({
      'head.dropout': 2,
      'training.early_stopping.patience': -1,
      'split.strategy': 'by-mood',
      'backbone.features': [],
      'image.domains': [],
    });
    expect(Object.keys(faults).sort()).toEqual([
      'backbone.features',
      'head.dropout',
      'image.domains',
      'split.strategy',
      'training.early_stopping.patience',
    ]);
    expect(faults['backbone.features']).toBe('Choose at least one.');
    expect(faults['split.strategy']).toContain('holdout');
  });

  it('names the window that is wrong', () => {
    const windows = [
      { center: 40, width: 400 },
      { center: 50, width: 0 },
      { center: 60, width: 10 },
    ];
    expect(faultsOf({ 'image.windows': windows })).toEqual({
      'image.windows': 'Window 2, width: a number above 0 is needed.',
    });
    expect(faultsOf({ 'image.windows': [{ center: 'x', width: 400 }] })['image.windows']).toContain('Window 1, center');
  });

  it('knows the levels and the weights of the backbone', () => {
    expect(faultsOf({ 'backbone.features': ['block9'] })['backbone.features']).toContain('has no block9');
    expect(faultsOf({ 'backbone.name': 'vgg16', 'backbone.features': ['top'] })).toEqual({
      'backbone.weights': 'VGG16 is not shipped: name a folder with its weights.',
    });
    expect(faultsOf({ 'backbone.name': 'vgg16', 'backbone.features': ['top'], 'backbone.weights': '/w' })).toEqual({});
  });

  it('finds a field for any wrong value', () => {
    for (const { path, optional } of fields) {
      if (optional) continue;
      const { params, faults } = check({ ...defaultValues, [path]: null });
      expect(params, path).toBeUndefined();
      expect(Object.keys(faults), path).toEqual([path]);
    }
  });
});

describe('another backbone', () => {
  it('keeps the levels that it has too, else takes its top', () => {
    const chosen = { ...defaultValues, 'backbone.features': ['block3', 'block5', 'top'] };
    const vgg = withBackbone(chosen, 'vgg16', backbones);
    expect(vgg['backbone.features']).toEqual(['block3', 'top']);
    const none = withBackbone({ ...defaultValues, 'backbone.features': ['block5'] }, 'vgg16', backbones);
    expect(none['backbone.features']).toEqual(['top']);
    const back = withBackbone({ ...none, 'backbone.features': ['block9'] }, 'efficientnet-lite0', backbones);
    expect(back['backbone.features']).toEqual(defaultValues['backbone.features']);
  });
});

describe('numbers as they are typed', () => {
  it('keeps what is no number yet', () => {
    expect(typedValue(' 0,05 ')).toBe(0.05);
    expect(typedValue('1e-3')).toBe(0.001);
    for (const text of ['', '1e-', 'abc', '1e999', '0x10']) expect(typedValue(text)).toBe(text);
    expect(textOf(undefined)).toBe('');
    expect(textOf(0.001)).toBe('0.001');
  });

  it('steps by what is usual for its size, within the limits', () => {
    const share = { integer: false, min: 0, max: 0.9, above: undefined };
    expect(steppedValue(0.2, 1, share)).toBe(0.25);
    expect(steppedValue(0.93, -1, { ...share, max: 1 })).toBe(0.92);
    expect(steppedValue(0.9, 1, share)).toBe(0.9);
    const rate = { integer: false, min: undefined, max: 1, above: 0 };
    expect(steppedValue(0.001, 1, rate)).toBe(0.0011);
    expect(steppedValue(0.001, -1, rate)).toBe(0.0009);
    expect(steppedValue('', 1, { integer: true, min: 1, max: 10, above: undefined })).toBe(2);
  });

  it('never steps out of the limits', () => {
    return fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.constantFrom(1 as const, -1 as const),
        (value, way) => {
          const next = steppedValue(value, way, { integer: false, min: undefined, max: 1, above: 0 });
          expect(next).toBeGreaterThan(0);
          expect(next).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 4 },
    );
  });
});

describe('windows', () => {
  it('keeps what is there when there are more or fewer', () => {
    const three = windowsOf([{ center: 50, width: 350 }], 3);
    expect(three).toHaveLength(3);
    expect(three[0]).toEqual({ center: 50, width: 350 });
    expect(new Set(three.map(({ center }) => center)).size).toBe(3);
    expect(windowsOf(three, 1)).toEqual([{ center: 50, width: 350 }]);
    expect(windowsIn('nonsense')).toEqual([]);
  });
});

describe('values in words', () => {
  const field = (path: string) => {
    const found = fields.find((each) => each.path === path);
    if (found === undefined) throw new Error(path);
    return found;
  };
  it('speaks as the form does', () => {
    expect(valueWords(field('image.windows'), [{ center: 40, width: 400 }])).toBe('Soft tissue');
    expect(valueWords(field('image.windows'), [{ center: 41, width: 400 }])).toBe('400/41');
    expect(valueWords(field('split.strategy'), 'holdout')).toBe('Hold-out');
    expect(valueWords(field('backbone.weights'), undefined)).toBe('none');
    expect(valueWords(field('backbone.features'), ['top', 'block3'])).toBe('top, block3');
  });

  it('says why a field changes nothing', () => {
    expect(idleReason('split.folds', defaultValues)).toContain('k-fold');
    expect(idleReason('split.folds', { ...defaultValues, 'split.strategy': 'k-fold' })).toBeUndefined();
    expect(idleReason('split.test', { ...defaultValues, 'split.strategy': 'k-fold' })).toBeDefined();
    expect(idleReason('training.epochs', defaultValues)).toBeUndefined();
    const cold = { ...defaultValues, 'training.preset': 'all', 'fine_tuning.warm_start': false };
    expect(idleReason('training.epochs', cold)).toContain('warm start is off');
    expect(idleReason('training.epochs', { ...cold, 'fine_tuning.warm_start': true })).toBeUndefined();
  });

  it('hides what the preset does not use', () => {
    const shown = (preset: string) =>
      ['training.epochs', 'fine_tuning.epochs', 'fine_tuning.blocks', 'augmentation.shift'].filter(
        (path) => !isHidden(path, { ...defaultValues, 'training.preset': preset }),
      );
    expect(shown('head')).toEqual(['training.epochs']);
    expect(shown('top-blocks')).toHaveLength(4);
    expect(shown('all')).toEqual(['training.epochs', 'fine_tuning.epochs', 'augmentation.shift']);
  });
});
