import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { decodeStored } from '../../../src/pipeline/images/formats/dicom/open.ts';
import { openImage, pixelHash } from '../../../src/pipeline/images/index.ts';

const folder = new URL('../../../../shared/data/dicom/', import.meta.url);
const there = existsSync(folder);
if (!there) console.warn('SKIPPED: ../shared/data/dicom is absent, the 112 reference files were not read');

interface Row {
  readonly file: string;
  readonly expected: string;
  readonly rows: string;
  readonly columns: string;
  readonly frames: string;
  readonly ref_min: string;
  readonly ref_max: string;
  readonly ref_mean: string;
}

const rows = there
  ? Papa.parse<Row>(readFileSync(new URL('manifest.csv', folder), 'utf8'), { header: true, skipEmptyLines: true }).data
  : [];
const bytesOf = (file: string): Uint8Array =>
  readFileSync(new URL(file.split('/').map(encodeURIComponent).join('/'), folder));

/** 'readable', or the code of the refusal; anything but a HilumError fails the test. */
async function outcomeOf(row: Row): Promise<string> {
  const bytes = bytesOf(row.file);
  try {
    const opened = await openImage(bytes, { name: row.file });
    for (let frame = 0; frame < opened.frames; frame++) {
      const image = await opened.decode(frame);
      expect([image.height, image.width]).toEqual([Number(row.rows), Number(row.columns)]);
      expect(image.pixels.length).toBe(image.width * image.height);
      expect(image.pixels.every(Number.isFinite)).toBe(true);
    }
    if (row.frames !== '') expect(opened.frames).toBe(Number(row.frames));
    return 'readable';
  } catch (error) {
    if (error instanceof HilumError && error.code.startsWith('image/')) {
      expect(error.sentence.length).toBeGreaterThan(20);
      return error.code;
    }
    throw error;
  }
}

const digitsOf = (printed: string): number => printed.split('.')[1]?.length ?? 0;

describe.skipIf(!there)('the 112 DICOM files of the reference manifest', () => {
  it('lists 112 files', () => expect(rows.length).toBe(112));

  it.each(rows)('[B1][B3] $file: $expected', async (row) => {
    const outcome = await outcomeOf(row);
    if (row.expected === 'readable') expect(outcome).toBe('readable');
    if (row.expected === 'reject') expect(outcome).toMatch(/^image\//);
    if (row.ref_min === '' || outcome !== 'readable') return;
    const { words } = await decodeStored(bytesOf(row.file), 0);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (const value of words) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    const mean = sum / words.length;
    expect({ low, high, mean: mean.toFixed(digitsOf(row.ref_mean)) }).toEqual({
      low: Number(row.ref_min),
      high: Number(row.ref_max),
      mean: Number(row.ref_mean).toFixed(digitsOf(row.ref_mean)),
    });
  });

  it('knows a header cut between two elements from an object without pixels', async () => {
    const codes = ['odd/header_only.dcm', 'odd/test-SR.dcm', 'odd/DICOMDIR'].map(async (file) => {
      const row = rows.find((candidate) => candidate.file === file);
      return row === undefined ? 'not listed' : await outcomeOf(row);
    });
    expect(await Promise.all(codes)).toEqual(['image/truncated', 'image/no-pixels', 'image/no-pixels']);
  });

  it('gives one pixel hash for one slice in nine lossless encodings', async () => {
    const lossless = rows.filter((row) => row.file.startsWith('one-ct') && row.ref_mean === '74.924');
    expect(lossless.length).toBe(9);
    const hashes = await Promise.all(
      lossless.map(async (row) => pixelHash(await (await openImage(bytesOf(row.file))).decode(0))),
    );
    expect(new Set(hashes).size).toBe(1);
  });
});
