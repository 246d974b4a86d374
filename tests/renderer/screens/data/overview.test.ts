import { describe, expect, it } from 'vitest';
import { splitStrategies } from '../../../../src/pipeline/domain/params.ts';
import {
  leakSentence,
  partTitle,
  strategyMeaning,
  strategyTitle,
} from '../../../../src/renderer/screens/data/overview/split-words.ts';
import { classWarning, domainWarning, partWarnings } from '../../../../src/renderer/screens/data/overview/warnings.ts';
import { changeSentence, changesBetween } from '../../../../src/renderer/screens/data/source/changes.ts';
import type { Split, Summary } from '../../../../src/renderer/screens/data/types.ts';

const counts = (images: number, scans = images, groups = scans) => ({ images, scans, groups });
const summary = (more: Partial<Summary> = {}): Summary => ({
  found: 10,
  accepted: 8,
  duplicates: 1,
  refused: 1,
  ...counts(8, 6, 5),
  classes: { Cyst: counts(4, 3, 3), Stone: counts(4, 3, 2) },
  domains: { display: 8 },
  formats: { '.png': 8 },
  planes: { axial: 8 },
  sizes: [{ size: '512 x 512', images: 8 }],
  ...more,
});
const split = (more: Partial<Split> = {}): Split => ({
  strategy: 'holdout',
  parts: [],
  leakingGroups: 0,
  stale: false,
  ...more,
});

describe('warnings before anything is trained', () => {
  it('says where a class rests on too little', () => {
    expect(classWarning(counts(100, 9, 3))).toBe('only 3 patient groups: figures for it will be uncertain.');
    expect(classWarning(counts(100, 1, 1))).toBe('only 1 patient group: figures for it will be uncertain.');
    expect(classWarning(counts(100, 3, 4))).toBe('only 3 scans: figures for it will be uncertain.');
    expect(classWarning(counts(100, 4, 4))).toBeUndefined();
  });

  it('says that two kinds of images are mixed', () => {
    expect(domainWarning(summary())).toBeUndefined();
    expect(domainWarning(summary({ domains: { display: 8, hounsfield: 0 } }))).toBeUndefined();
    expect(domainWarning(summary({ domains: { display: 4, hounsfield: 4 } }))).toContain('mixed');
  });

  it('names the classes that a part of a hold-out lacks', () => {
    const parts: Split['parts'] = [
      { part: 'train', classes: { Cyst: counts(4), Stone: counts(2) }, all: counts(6) },
      { part: 'test', classes: { Cyst: counts(2) }, all: counts(2) },
    ];
    expect(partWarnings(split({ parts }), ['Cyst', 'Stone'])).toEqual(['No scan of Stone in test.']);
    expect(partWarnings(split({ parts, strategy: 'k-fold' }), ['Cyst', 'Stone'])).toEqual([]);
  });
});

describe('a split in words', () => {
  it('says in one sentence whether it leaks', () => {
    expect(leakSentence({ leakingGroups: 0 })).toBe('No patient group stands in more than one part.');
    expect(leakSentence({ leakingGroups: 1 })).toMatch(/^1 patient group stands in more than one part\. .*memory/);
    expect(leakSentence({ leakingGroups: 1200 })).toMatch(/^1,200 patient groups stand /);
  });

  it('has words for every strategy and part', () => {
    for (const strategy of splitStrategies) {
      expect(strategyTitle(strategy)).not.toBe('');
      expect(strategyMeaning(strategy)).toMatch(/\.$/);
    }
    expect(['train', 'validation', 'test', '12'].map(partTitle)).toEqual(['Train', 'Validation', 'Test', 'Fold 12']);
  });
});

describe('what another reading changed', () => {
  it('tells every count that differs', () => {
    const after = summary({
      found: 12,
      accepted: 9,
      refused: 2,
      classes: { Cyst: counts(5, 3, 3), Tumor: counts(1) },
    });
    expect(changesBetween(summary(), after)).toEqual([
      'files found 10 to 12',
      'accepted 8 to 9',
      'refused 1 to 2',
      'images of Cyst 4 to 5',
      'class Stone is gone',
      'new class Tumor with 1 images',
    ]);
  });

  it('says so when nothing did', () => {
    expect(changeSentence(summary(), summary())).toBe('Read again: every count is as before, 10 files.');
    expect(changeSentence(null, summary())).toBe('Read: 8 images of 6 scans.');
    expect(changeSentence(summary(), summary({ found: 11 }))).toBe('Read again. Changed: files found 10 to 11.');
  });
});
