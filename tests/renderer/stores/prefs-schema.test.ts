import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefs } from '../../../src/renderer/stores/prefs-schema.ts';

const defaults = { theme: 'dark', reader: '', reverseWindowDrag: false, showFileNames: false, runColumns: [] };

describe('prefs', () => {
  it('has a default for everything', () => {
    for (const text of [null, '', '{', '[]', 'null', '3', '"x"']) expect(parsePrefs(text)).toEqual(defaults);
  });

  it('keeps the good entries beside a spoiled one', () => {
    const text = JSON.stringify({
      theme: 'pink',
      reader: '  Ada  ',
      reverseWindowDrag: true,
      runColumns: [3],
      more: 1,
    });
    expect(parsePrefs(text)).toEqual({ ...defaults, reader: 'Ada', reverseWindowDrag: true });
  });

  it('survives any text', () => {
    return fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Object.keys(parsePrefs(text)).sort()).toEqual(Object.keys(defaults).sort());
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
