import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { csvLine, csvTable, parseCsv } from '../../../src/pipeline/disk/csv.ts';

const schema = z.object({ a: z.string(), b: z.string() });

describe('csv', () => {
  it('[D5] reads back every text that it wrote', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((each) => !each.includes('\u0000'));
    void fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), (rows) => {
        const kept = rows.filter(([a, b]) => a.trim() !== '' || b.trim() !== '');
        const parsed = parseCsv(csvTable(['a', 'b'], kept), 't.csv', ['a', 'b'], schema);
        expect(parsed.map(({ a, b }) => [a, b])).toEqual(kept);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('[D5] never lets a spreadsheet run a cell, and keeps numbers numbers', () => {
    const hostile = ['=cmd()', '+1', '-1', '@x', '\tx', '\rx', '\nx', '＝1'];
    for (const cell of hostile) {
      const written = csvLine([cell]).replace(/^"/, '');
      expect(written.startsWith("'"), JSON.stringify(cell)).toBe(true);
    }
    expect(csvLine([-1.5, 2, null, true])).toBe('-1.5,2,,true\n');
  });

  it('names the missing column with the nearest one, and the line of a bad row', () => {
    expect(() => parseCsv('file,clas\n1,2\n', 't.csv', ['file', 'class'], schema)).toThrow(
      expect.objectContaining({
        code: 'table/bad-header',
        facts: { file: 't.csv', line: 1, key: 'class', nearest: 'clas' },
      }),
    );
    const digits = z.object({ a: z.string().regex(/^\d$/) });
    expect(() => parseCsv('a\n1\nx\n', 't.csv', ['a'], digits)).toThrow(
      expect.objectContaining({ code: 'table/bad-row', facts: expect.objectContaining({ line: 3 }) }),
    );
  });

  it('accepts a byte order mark, CRLF and further columns', () => {
    expect(parseCsv('\uFEFFa,b,c\r\n1,2,3\r\n', 't.csv', ['a', 'b'], schema)).toEqual([{ a: '1', b: '2' }]);
  });
});
