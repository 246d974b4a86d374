import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../../../src/pipeline/domain/contract.ts';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { sharedGroups } from '../../../src/pipeline/files/index.ts';
import { parsePredictions, predictionTable } from '../../../src/pipeline/stages/prediction-table.ts';
import { watchedGroups } from '../../../src/pipeline/stages/train/cross-validate.ts';
import { foldsOf, indicesWhere, type StudyRow, studyRows } from '../../../src/pipeline/stages/train/parts.ts';

const contract: Contract = {
  version: 1,
  classes: ['Cyst', 'Tumor'],
  domains: ['display'],
  windows: [{ center: 40, width: 400 }],
  crop: 'body',
  padding: 'none',
  resize: 'area',
  size: 32,
  channels: 3,
  mean: 0,
  std: 1,
};

const row = (image: string, group: string, name = 'Cyst'): ManifestRow => ({
  file: image,
  image,
  sha256: '',
  pixel_hash: image,
  class: name,
  scan: `${group}-scan`,
  group,
  domain: 'display',
  plane: 'axial',
  width: 1,
  height: 1,
});

const groupsOnBothSides = (rows: readonly StudyRow[]): string[] =>
  sharedGroups(rows.map((each) => ({ group: each.row.group, part: each.part })));

describe('study rows', () => {
  const manifest = [row('a', 'p1'), row('b', 'p1', 'Tumor'), row('c', 'p2')];
  const parts = (...names: string[]) => manifest.map(({ image }, index) => ({ image, part: names[index] ?? 'train' }));

  it('join manifest and split in the order of the manifest', () => {
    const rows = studyRows(manifest, parts('train', 'test', 'validation').reverse(), contract);
    expect(rows.map(({ part, label }) => [part, label])).toEqual([
      ['train', 0],
      ['test', 1],
      ['validation', 0],
    ]);
    expect(indicesWhere(rows, ({ part }) => part === 'test')).toEqual(Int32Array.of(1));
  });

  it('find the groups that stand in two parts', () => {
    expect(groupsOnBothSides(studyRows(manifest, parts('train', 'test', 'test'), contract))).toEqual(['p1']);
    expect(groupsOnBothSides(studyRows(manifest, parts('train', 'train', 'test'), contract))).toEqual([]);
  });

  it('know fold numbers from the parts of a holdout', () => {
    expect(foldsOf(studyRows(manifest, parts('2', '10', '1'), contract))).toEqual([1, 2, 10]);
    expect(foldsOf(studyRows(manifest, parts('train', 'validation', 'test'), contract))).toEqual([]);
  });

  it('refuse tables that do not fit each other', () => {
    const bad = expect.objectContaining({ code: 'split/bad-rows' });
    expect(() => studyRows(manifest, parts('train').slice(0, 2), contract)).toThrow(bad);
    const renamed = parts('train').map((each, index) => (index === 0 ? { ...each, image: 'x' } : each));
    expect(() => studyRows(manifest, renamed, contract)).toThrow(bad);
    expect(() => studyRows([row('a', 'p', 'Stone')], [{ image: 'a', part: 'train' }], contract)).toThrow(bad);
  });
});

describe('groups that early stopping watches in cross-validation', () => {
  const study = (groups: number) =>
    contract.classes.flatMap((name) =>
      Array.from({ length: groups }, (_, group) =>
        [0, 1].map((slice) => row(`${name}${group}-${slice}`, `${name}${group}`, name)),
      ).flat(),
    );

  it('are none where a class would keep fewer than four to train on', () => {
    expect(watchedGroups(study(3), paramsSchema.parse({}), 1)).toEqual(new Set());
    expect(watchedGroups(study(4), paramsSchema.parse({}), 1)).toEqual(new Set());
  });

  it('are some of each class, seeded, where there are enough', () => {
    const watched = watchedGroups(study(10), paramsSchema.parse({}), 1);
    for (const name of contract.classes) expect([...watched].filter((group) => group.startsWith(name))).toHaveLength(2);
    expect(watchedGroups(study(10), paramsSchema.parse({}), 1)).toEqual(watched);
    expect(watchedGroups(study(10), paramsSchema.parse({ split: { validation: 0 } }), 1)).toEqual(new Set());
  });
});

describe('prediction table', () => {
  it('reads back every probability to the last bit', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    void fc.assert(
      fc.property(fc.array(fc.tuple(probability, fc.nat(1)), { minLength: 1, maxLength: 20 }), (cases) => {
        const predictions = cases.map(([p, truth], index) => ({
          image: `Cyst/Cyst- (${index}).jpg`,
          scan: 's',
          group: '=g',
          truth,
          probabilities: [p, 1 - p],
        }));
        const text = predictionTable(predictions, contract.classes);
        expect(parsePredictions(text, 'predictions.csv', contract.classes)).toEqual(predictions);
      }),
      { seed: 3 },
    );
  });
});
