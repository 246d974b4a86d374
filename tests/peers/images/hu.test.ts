import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeStored } from '../../../src/pipeline/images/formats/dicom/open.ts';
import { openImage } from '../../../src/pipeline/images/index.ts';
import { askPeer, canRun, sharedData } from './peer.ts';

const rowSchema = z.object({
  error: z.string().optional(),
  stored: z.array(z.number()).optional(),
  samples: z.array(z.number()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  mean: z.number().optional(),
});

const here = canRun('HU against pydicom');
const folder = new URL('dicom/', sharedData);
const rows = here
  ? Object.entries(z.record(z.string(), rowSchema).parse(askPeer('hu_reference.py', [fileURLToPath(folder)])))
  : [];

const sample = (values: ArrayLike<number>): number[] =>
  Array.from({ length: 500 }, (_, k) => values[(k * 7919) % values.length] ?? Number.NaN);

function worst(ours: readonly number[], theirs: readonly number[]): number {
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? Number.NaN))), 0);
}

describe.skipIf(!here)('DICOM against pydicom and pylibjpeg', () => {
  const readable = rows.filter(([, row]) => row.stored !== undefined);

  it('compares a good part of the files', () => {
    console.warn(`pydicom read ${readable.length} of ${rows.length} files as 8- or 16-bit grey`);
    expect(readable.length).toBeGreaterThan(60);
    expect(readable.filter(([, row]) => row.samples !== undefined).length).toBeGreaterThan(40);
  });

  it.each(readable)('%s: stored values and HU within 1', async (file, row) => {
    const bytes = readFileSync(new URL(file.split('/').map(encodeURIComponent).join('/'), folder));
    const stored = await decodeStored(bytes, 0);
    expect(worst(sample(stored.values), row.stored ?? [])).toBeLessThanOrEqual(1);
    if (row.samples === undefined) return;
    const image = await (await openImage(bytes)).decode(0);
    expect(image.domain).toBe('hounsfield');
    // A lossy codec may differ by one stored step, which the rescale spreads over `slope` HU.
    const tolerance = Math.max(1, stored.slope) + 1e-3;
    expect(worst(sample(image.pixels), row.samples)).toBeLessThanOrEqual(tolerance);
    const hu = Array.from(image.pixels);
    const low = hu.reduce((a, b) => Math.min(a, b));
    const high = hu.reduce((a, b) => Math.max(a, b));
    expect(Math.abs(low - (row.min ?? 0))).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(high - (row.max ?? 0))).toBeLessThanOrEqual(tolerance);
    const mean = hu.reduce((a, b) => a + b) / hu.length;
    expect(Math.abs(mean - (row.mean ?? 0))).toBeLessThanOrEqual(1);
  });
});
