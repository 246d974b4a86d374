import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uploadNameParts } from '../../../src/main/serve/upload-name.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('..', '.', '/', '\\', 'a', ' ', ':', '\0', 'con', 'x.png', '\u202e', '\ud800', '/'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

it('[A6] any name is refused, or stays below the folder with as many parts as it says', () => {
  return fc.assert(
    fc.property(hostile, (name) => {
      let parts: string[];
      try {
        parts = uploadNameParts(name);
      } catch (error) {
        expect(error).toMatchObject({ code: 'upload/bad-name' });
        return;
      }
      const path = join('/uploads/id', ...parts);
      expect(relative('/uploads/id', path).split(sep)).toEqual(parts);
    }),
    { seed: 6, numRuns: 20_000 },
  );
});

it('takes what people and scanners call their files', () => {
  for (const name of [
    'IM000001',
    'a.b.c.dcm',
    'Ü_ß (2).png',
    'con-trast/auxiliary.nii.gz',
    'null',
    'com10',
    '患者/CT.dcm',
    "it's",
    '1,2;3&4=5#6?.png',
    '~',
    'a'.repeat(255),
  ]) {
    expect(uploadNameParts(name).join('/')).toBe(name);
  }
  expect(uploadNameParts(`${'a/'.repeat(31)}b`)).toHaveLength(32);
});
