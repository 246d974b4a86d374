import { describe, expect, it } from 'vitest';
import { confusionCells, shareDifferences } from '../../../../src/renderer/components/figures/confusion.ts';
import { changedTags, tagStates } from '../../../../src/renderer/screens/runs/deeds/tag-states.ts';
import { curveOf, foldsOf, hasValues } from '../../../../src/renderer/screens/runs/epoch-curves.ts';
import { treeRows } from '../../../../src/renderer/screens/runs/one/tree-rows.ts';
import { epochRow } from '../../../helpers/records.ts';

describe('confusion matrix', () => {
  const confusion = {
    labels: ['Cyst', 'Stone'],
    matrix: [
      [3, 1],
      [0, 0],
    ],
  };

  it('has the share of the row in each cell, and none where there is nothing of that truth', () => {
    expect(confusionCells(confusion).map((row) => row.map(({ share }) => share))).toEqual([
      [0.75, 0.25],
      [null, null],
    ]);
    expect(confusionCells(confusion)[0]?.[1]).toEqual({
      truth: 'Cyst',
      answered: 'Stone',
      count: 1,
      total: 4,
      share: 0.25,
      isRight: false,
    });
  });

  it('is compared share by share, with the same classes only', () => {
    const base = {
      labels: ['Cyst', 'Stone'],
      matrix: [
        [1, 1],
        [2, 2],
      ],
    };
    expect(shareDifferences(confusion, base)).toEqual([
      [0.25, -0.25],
      [null, null],
    ]);
    expect(shareDifferences(confusion, { ...base, labels: ['Stone', 'Cyst'] })).toBeNull();
  });
});

describe('a tree of parameters', () => {
  const tree = {
    seed: 7,
    image: { windows: [{ center: 40, width: 400 }], domains: ['display', 'hounsfield'], crop: null },
    head: {},
  };

  it('has a line for each name, lists in one line', () => {
    expect(treeRows(tree, new Set()).map(({ path, depth, value }) => [path, depth, value])).toEqual([
      ['seed', 0, '7'],
      ['image', 0, null],
      ['image.windows', 1, 'center 40, width 400'],
      ['image.domains', 1, 'display, hounsfield'],
      ['image.crop', 1, '–'],
      ['head', 0, '{}'],
    ]);
  });

  it('hides what lies below a closed branch and says how much that is', () => {
    const rows = treeRows(tree, new Set(['image']));
    expect(rows.map(({ path }) => path)).toEqual(['seed', 'image', 'head']);
    expect(rows[1]?.leaves).toBe(3);
  });
});

describe('tags of several runs', () => {
  it('are had by all, by some, or by none', () => {
    expect([...tagStates([['ct', 'new'], ['ct'], ['ct', 'new']])]).toEqual([
      ['ct', true],
      ['new', 'mixed'],
    ]);
  });

  it('change only where somebody decided', () => {
    const before = tagStates([['ct', 'new'], ['ct']]);
    const after = new Map(before).set('ct', false).set('paper', true).set('odd', false);
    expect(changedTags(before, after)).toEqual({ addTags: ['paper'], removeTags: ['ct'] });
    expect(changedTags(before, new Map(before).set('new', true))).toEqual({ addTags: ['new'], removeTags: [] });
    expect(changedTags(before, before)).toEqual({ addTags: [], removeTags: [] });
  });
});

describe('curves of a run', () => {
  const epochs = [
    { fold: 2, metrics: epochRow(1) },
    { fold: 0, metrics: epochRow(1) },
    { fold: 0, metrics: { ...epochRow(2), validation_loss: null } },
  ];

  it('are those of one fold, the model itself first', () => {
    expect(foldsOf(epochs)).toEqual([0, 2]);
    expect(curveOf(epochs, 0, 'validation_loss')).toEqual({ x: [1, 2], y: [1, null] });
    expect(hasValues(curveOf(epochs, 0, 'validation_accuracy'))).toBe(false);
    expect(hasValues(curveOf(epochs, 2, 'loss'))).toBe(true);
  });
});
