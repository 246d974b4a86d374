import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paramsSchema } from '../../src/pipeline/domain/params.ts';
import { readManifest, splitByGroup } from '../../src/pipeline/files/index.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { adjustedRandIndex } from '../pipeline/files/helpers/rand-index.ts';
import { type CsvRow, hilumIn, jsonOf, newFolder, readCsv } from './phantom-study.ts';

const source = fileURLToPath(new URL('../../../shared/data/kidney-ct/', import.meta.url));
const present = existsSync(source);
if (!present) console.warn('SKIPPED: ../shared/data/kidney-ct is not here; the study of real images was not tried.');

describe.skipIf(!present)('ingest of real kidney CT', () => {
  let folder: string;
  let study: string;
  let summary: Record<string, unknown>;
  const truth = new Map<string, CsvRow>();

  beforeAll(async () => {
    buildHilum();
    folder = newFolder('real');
    await jsonOf(folder, 'init', 'study', '--source', source);
    study = join(folder, 'study');
    summary = await jsonOf(study, 'ingest', '--allow-refused');
    for (const row of await readCsv(join(source, 'manifest.csv'))) truth.set(row.file ?? '', row);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const manifest = () => readManifest(join(study, 'artifacts/dataset/manifest.csv'));

  it('accepts or names every one of the 1,084 images; found = accepted + duplicates + refused', async () => {
    const { found, accepted, duplicates, refused } = summary;
    expect(found).toBe(Number(accepted) + Number(duplicates) + Number(refused));
    const named = [
      ...(await manifest()).map((row) => row.file),
      ...(await readCsv(join(study, 'artifacts/dataset/duplicates.csv'))).map((row) => row.file),
      ...(await readCsv(join(study, 'artifacts/dataset/refused.csv'))).map((row) => row.file),
    ];
    expect(named).toHaveLength(Number(found));
    expect(truth.size).toBe(1084);
    for (const file of truth.keys()) expect(named).toContain(file);
    // Beside the images lie a README and the table of truth.
    expect(Number(accepted) + Number(duplicates)).toBe(1084);
  });

  it('reads nothing again the second time', async () => {
    expect(await jsonOf(study, 'ingest', '--allow-refused')).toEqual({ ...summary, changed: 0 });
  });

  it('recovers the series: adjusted Rand index at least 0.95', async () => {
    const rows = await manifest();
    const series = rows.map((row) => truth.get(row.file)?.series_group ?? '');
    const found = adjustedRandIndex(
      rows.map((row) => row.scan),
      series,
    );
    console.info(`adjusted Rand index ${found.toFixed(4)} over ${rows.length} images`);
    expect(found).toBeGreaterThanOrEqual(0.95);
  });

  it('never has a presumed exam on both sides of the split, over 20 seeds', async () => {
    const rows = await manifest();
    const params = paramsSchema.parse({});
    for (let seed = 1; seed <= 20; seed++) {
      const partOf = new Map(splitByGroup(rows, params.split, seed).map(({ image, part }) => [image, part]));
      const exams = Map.groupBy(rows, (row) => truth.get(row.file)?.patient_block_guess ?? '');
      for (const [exam, members] of exams) {
        expect(new Set(members.map(({ image }) => partOf.get(image))).size, `${exam}, seed ${seed}`).toBe(1);
      }
    }
    await jsonOf(study, 'split');
    expect((await hilumIn(study, 'split', '--check')).code).toBe(0);
  });
});
