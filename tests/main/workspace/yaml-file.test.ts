import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml, parseYamlValue, readYamlFile, yamlLimitBytes } from '../../../src/main/workspace/yaml-file.ts';
import { dottedKeys } from '../../../src/main/workspace/yaml-issue.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { configSchema, paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { temporaryFolder } from '../../helpers/records.ts';

function failureOf(work: () => unknown): HilumError {
  try {
    work();
  } catch (error) {
    if (error instanceof HilumError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const paramsFailure = (text: string) => failureOf(() => parseYaml(text, 'params.yaml', paramsSchema));

describe('parseYaml', () => {
  it.each(['', '\n\n', '# only a comment\n', '---\n', 'null\n'])('takes %j as all defaults', (text) => {
    expect(parseYaml(text, 'params.yaml', paramsSchema)).toEqual(paramsSchema.parse({}));
  });

  it.each([
    ['a: 1\n', { key: 'a', line: 1, nearest: undefined }],
    ['sede: 1\n', { key: 'sede', line: 1, nearest: 'seed' }],
    [
      'seed: 1\ntraining:\n  # comment\n  lerning_rate: 1\n',
      { key: 'training.lerning_rate', line: 4, nearest: 'training.learning_rate' },
    ],
    ['patience: 3\n', { key: 'patience', line: 1, nearest: 'training.early_stopping.patience' }],
    ['training: {epochs: 3, batchsize: 4}\n', { key: 'training.batchsize', line: 1, nearest: 'training.batch_size' }],
    ['"__proto__": {x: 1}\n', { key: '__proto__', line: 1 }],
    [
      'image:\n  windows:\n  - {center: 1, width: 2}\n  - center: 1\n    widht: 2\n  - {center: 1, width: 3}\n',
      { line: 5, key: 'image.windows.1.widht' },
    ],
  ])('unknown key in %j', (text, facts) => {
    const failure = paramsFailure(text);
    expect(failure.code).toBe('config/unknown-key');
    expect(failure.facts).toMatchObject({ file: 'params.yaml', ...facts });
  });

  it.each([
    ['seed: x\n', { line: 1, key: 'seed', what: 'expected number, got "x"' }],
    ['seed:\n', { line: 1, key: 'seed', what: 'expected number, got null' }],
    ['split:\n  folds: 1\n', { line: 2, key: 'split.folds', what: 'expected at least 2, got 1' }],
    ['split: 3\n', { line: 1, key: 'split', what: 'expected object, got 3' }],
    ['[1, 2]\n', { key: '(top)', what: 'expected object, got a list of 2' }],
    [
      'backbone:\n  features: []\n',
      { line: 2, key: 'backbone.features', what: 'expected at least 1 entries, got a list of 0' },
    ],
    ['image:\n  resize: bilinaer\n', { line: 2, key: 'image.resize', nearest: 'bilinear' }],
    [
      'image:\n  windows:\n  - center: 40\n    width: -1\n',
      { line: 4, key: 'image.windows.0.width', what: 'expected more than 0, got -1' },
    ],
    ['split:\n  folds: 1\nseed: 0\n', { line: 2, key: 'split.folds' }],
  ])('bad value in %j: the first in the file is named', (text, facts) => {
    const failure = paramsFailure(text);
    expect(failure.code).toBe('config/bad-value');
    expect(failure.facts).toMatchObject({ file: 'params.yaml', ...facts });
  });

  it.each([
    ['a: [1\n', 2],
    ['a: 1\nb: 2\na: 3\n', 3],
    ['a: 1\n\tb: 2\n', 2],
    ['a: &x 1\nb: *x\n', 2],
    ['a: !!js/function x\n', 1],
  ])('syntax of %j: refused with its line', (text, line) => {
    const failure = paramsFailure(text);
    expect(failure.code).toBe('config/syntax');
    expect(failure.facts).toMatchObject({ file: 'params.yaml', line });
  });

  it('[B9] refuses text past 1 MB, from memory and from disk', async () => {
    const text = `# ${'x'.repeat(yamlLimitBytes)}\n`;
    expect(failureOf(() => parseYamlValue(text, 'a.yaml')).code).toBe('config/syntax');
    const path = join(temporaryFolder(), 'a.yaml');
    writeFileSync(path, text);
    await expect(readYamlFile(path, configSchema)).rejects.toMatchObject({ code: 'config/syntax' });
  });

  it('names a file that is missing, and one that is no text', async () => {
    const folder = temporaryFolder();
    await expect(readYamlFile(join(folder, 'no.yaml'), configSchema)).rejects.toMatchObject({ code: 'config/missing' });
    writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0x61, 0xff, 0xfe]));
    await expect(readYamlFile(join(folder, 'binary.yaml'), configSchema)).rejects.toMatchObject({
      code: 'config/syntax',
      facts: { file: 'binary.yaml', what: 'not UTF-8 text' },
    });
  });

  it('[B9] any text ends in values or in a HilumError, and no prototype is touched', async () => {
    const token = fc.constantFrom(
      'a',
      'seed',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&x ',
      '*x',
      '!!map ',
      '"',
      "'",
      '|',
      '>',
      '#',
      '---\n',
      '__proto__',
      'constructor',
      '7',
      '<<',
      '?',
      '%',
      '\t',
      '\u0000',
      'é',
    );
    const text = fc.array(token, { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.property(text, (each) => {
        try {
          parseYaml(each, 'fuzz.yaml', paramsSchema);
        } catch (error) {
          expect(error).toBeInstanceOf(HilumError);
        }
        expect(Reflect.get({}, 'x')).toBeUndefined();
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
      }),
      { seed: 9, numRuns: 2000 },
    );
  });
});

describe('dottedKeys', () => {
  it('names groups and leaves', () => {
    const keys = dottedKeys(paramsSchema, '');
    expect(keys).toContain('training.early_stopping');
    expect(keys).toContain('training.early_stopping.patience');
    expect(keys).toContain('backbone.weights');
  });
});
