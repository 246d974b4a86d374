import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStreamAtomic } from '../../../src/pipeline/disk/atomic-stream.ts';
import { csvLine } from '../../../src/pipeline/disk/csv.ts';
import { csvLines, firstCell } from '../../../src/pipeline/disk/csv-lines.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-stream-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('writeStreamAtomic', () => {
  it('writes every piece in order, however many', async () => {
    const path = join(root, 'long', 'pieces.txt');
    await writeStreamAtomic(path, async (write) => {
      for (let index = 0; index < 100_000; index++) await write(`${index}\u00e9\n`);
    });
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect([lines.length, lines[0], lines[99_999]]).toEqual([100_001, '0\u00e9', '99999\u00e9']);
    expect(await readdir(join(root, 'long'))).toEqual(['pieces.txt']);
  });

  it('leaves the old file and nothing else when the writer fails, and clears what a killed one left', async () => {
    const folder = join(root, 'old');
    const path = join(folder, 'r.csv');
    await writeStreamAtomic(path, async (write) => write('old'));
    await writeFile(join(folder, '.r.csv.00000000-0000-0000-0000-000000000000.tmp'), 'half');
    await writeFile(join(folder, '.other.csv.00000000-0000-0000-0000-000000000000.tmp'), 'not ours');
    const failing = writeStreamAtomic(path, async (write) => {
      await write('half');
      throw new Error('cut');
    });
    await expect(failing).rejects.toThrow('cut');
    expect(await readFile(path, 'utf8')).toBe('old');
    const other = '.other.csv.00000000-0000-0000-0000-000000000000.tmp';
    expect((await readdir(folder)).toSorted()).toEqual([other, 'r.csv']);
  });

  it('names the code of a folder that cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(writeStreamAtomic(join(root, 'file', 'below', 'r.csv'), async () => undefined)).rejects.toThrow(
      'config/not-writable',
    );
  });
});

describe('csvLines', () => {
  it('gives back the lines and first cells that csvLine wrote, whatever is in them', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=1', "'=1", '"', '\n', ',', '\r\n', "''@x"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), async (rows) => {
        const lines = rows.map((row) => csvLine(row));
        const path = join(root, 'lines.csv');
        await writeFile(path, lines.join(''));
        const read: string[] = [];
        for await (const line of csvLines(path)) read.push(line);
        expect(read.map((line) => `${line}\n`)).toEqual(lines);
        expect(read.map(firstCell)).toEqual(rows.map(([first]) => first));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
