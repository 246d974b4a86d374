import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { changesBetween, editYaml } from '../../../src/main/studies/yaml-edit.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';

const template = await readFile(new URL('../../../config/params.yaml', import.meta.url), 'utf8');
const defaults = paramsSchema.parse({});

describe('editYaml', () => {
  it('changes the one line that is meant', () => {
    const wanted = { ...defaults, training: { ...defaults.training, epochs: 5 } };
    const text = editYaml(template, changesBetween(defaults, wanted));
    expect(text).toBe(template.replace('epochs: 30', 'epochs: 5'));
  });

  it('keeps comments behind values, quotes and lists on one line', () => {
    const text = 'name: "a b" # why\nlist: [x, y] # these\n\n# last\nother: 1\n';
    const changes = [
      { path: ['name'], value: 'c' },
      { path: ['list'], value: ['z'] },
    ];
    expect(editYaml(text, changes)).toBe('name: "c" # why\nlist: [z] # these\n\n# last\nother: 1\n');
  });

  it('adds groups that are not there and takes keys out', () => {
    const text = editYaml('# only a comment\n', [{ path: ['head', 'dropout'], value: 0.3 }]);
    expect(text).toBe('# only a comment\n\nhead:\n  dropout: 0.3\n');
    expect(editYaml('a: 1\nb: 2\n', [{ path: ['a'], value: undefined }])).toBe('b: 2\n');
  });

  it('writes what is read again as the same parameters, whatever changed', () => {
    const wanted = paramsSchema.parse({
      seed: 3,
      image: {
        domains: ['display', 'hounsfield'],
        windows: [
          { center: 40, width: 400 },
          { center: 300, width: 1500 },
          { center: 50, width: 150 },
        ],
      },
      backbone: { name: 'vgg16', weights: '../my weights: "best"', features: ['top'] },
      training: { early_stopping: { patience: 0 } },
    });
    const text = editYaml(template, changesBetween(defaults, wanted));
    expect(paramsSchema.parse(parse(text))).toEqual(wanted);
    expect(editYaml(text, changesBetween(wanted, defaults)).includes('weights: ../my')).toBe(false);
  });

  it('leaves a text without changes byte for byte, its odd style included', () => {
    const odd = 'a:    1\nb: [ 1,2 ]\n';
    expect(editYaml(odd, changesBetween({ a: 1, b: [1, 2] }, { a: 1, b: [1, 2] }))).toBe(odd);
  });
});
