import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { domains, planes } from '../../../src/pipeline/domain/image.ts';
import {
  readManifest,
  readSplit,
  writeDuplicates,
  writeManifest,
  writeRefused,
  writeSplit,
} from '../../../src/pipeline/files/index.ts';
import { codeOf, temporaryFolder } from './helpers/temp.ts';

const row: ManifestRow = {
  file: 'Cyst/a.png',
  image: 'Cyst/a.png',
  sha256: 'aa',
  pixel_hash: 'bb',
  class: 'Cyst',
  scan: 'cyst-s01',
  group: 'cyst-p01',
  domain: 'display',
  plane: 'axial',
  width: 512,
  height: 256,
};

const word = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.trim() !== '' && !/^'/.test(text));
const rowArbitrary = fc.record({
  file: word,
  image: word,
  sha256: fc.string(),
  pixel_hash: fc.string(),
  class: word,
  scan: word,
  group: fc.constant('p'),
  domain: fc.constantFrom(...domains),
  plane: fc.constantFrom(...planes),
  width: fc.integer({ min: 1, max: 70_000 }),
  height: fc.integer({ min: 1, max: 70_000 }),
});

describe('the tables of a dataset', () => {
  it('have the columns that others read', async () => {
    const folder = await temporaryFolder();
    await writeManifest(join(folder, 'm.csv'), [row]);
    expect(await readFile(join(folder, 'm.csv'), 'utf8')).toBe(
      'file,image,sha256,pixel_hash,class,scan,group,domain,plane,width,height\n' +
        'Cyst/a.png,Cyst/a.png,aa,bb,Cyst,cyst-s01,cyst-p01,display,axial,512,256\n',
    );
    await writeRefused(join(folder, 'r.csv'), [{ file: '=x', code: 'image/empty', reason: 'No bytes, none.' }]);
    expect(await readFile(join(folder, 'r.csv'), 'utf8')).toBe(
      'file,code,reason\n\'=x,image/empty,"No bytes, none."\n',
    );
    await writeDuplicates(join(folder, 'd.csv'), [{ file: 'b', duplicate_of: 'a', class: 'Cyst' }]);
    expect(await readFile(join(folder, 'd.csv'), 'utf8')).toBe('file,duplicate_of,class\nb,a,Cyst\n');
  });

  it('come back as they were written, whatever is in them', async () => {
    const path = join(await temporaryFolder(), 'manifest.csv');
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(rowArbitrary, { selector: ({ image }) => image, maxLength: 20 }),
        async (rows) => {
          await writeManifest(path, rows);
          expect(await readManifest(path)).toEqual(rows);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  it('are read back after scan, group and class were edited', async () => {
    const path = join(await temporaryFolder(), 'manifest.csv');
    await writeManifest(path, [row, { ...row, file: 'b.png', image: 'b.png' }]);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll('cyst-s01', 'left').replaceAll('cyst-p01', 'Q').replace(',Cyst,', ',Tumor,'));
    expect(await readManifest(path)).toMatchObject([
      { class: 'Tumor', scan: 'left', group: 'Q' },
      { class: 'Cyst', scan: 'left', group: 'Q' },
    ]);
  });

  it('refuse edits that would leak or do not fit, by line', async () => {
    const path = join(await temporaryFolder(), 'manifest.csv');
    const other = { ...row, file: 'b.png', image: 'b.png' };
    const lineOf = async (rows: readonly ManifestRow[]) => {
      await writeManifest(path, rows);
      return readManifest(path).catch((error: unknown) => error);
    };
    expect(await lineOf([row, { ...other, group: 'cyst-p02' }])).toMatchObject({ facts: { line: 3 } });
    expect(await lineOf([row, other, row])).toMatchObject({ code: 'table/bad-row', facts: { line: 4 } });
    expect(await lineOf([row, { ...other, width: 0 }])).toMatchObject({ code: 'table/bad-row', facts: { line: 3 } });
    expect(await lineOf([row, { ...other, scan: '' }])).toMatchObject({ code: 'table/bad-row', facts: { line: 3 } });
  });

  it('say what to run when they are missing, and what is wrong with a split', async () => {
    const path = join(await temporaryFolder(), 'split.csv');
    expect(await readManifest(path).catch((error: unknown) => error)).toMatchObject({
      code: 'dataset/missing',
      facts: { file: 'split.csv', command: 'ingest' },
    });
    expect(await codeOf(readSplit(path))).toBe('dataset/missing');
    const parts = ['train', 'validation', 'test', '1', '12'].map((part, i) => ({ image: `${i}.png`, part }));
    await writeSplit(path, parts);
    expect(await readSplit(path)).toEqual(parts);
    for (const part of ['', '0', 'Train', '-1', 'training']) {
      await writeSplit(path, [{ image: 'a', part }]);
      expect(await codeOf(readSplit(path))).toBe('table/bad-row');
    }
    await writeSplit(path, [...parts, { image: '0.png', part: 'test' }]);
    expect(await codeOf(readSplit(path))).toBe('table/bad-row');
  });
});
