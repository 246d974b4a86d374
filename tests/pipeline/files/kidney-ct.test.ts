import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCsv } from '../../../src/pipeline/disk/csv.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { checkSplit, recoverScans, type ScanAnswer, splitByGroup } from '../../../src/pipeline/files/index.ts';
import { adjustedRandIndex } from './helpers/rand-index.ts';
import { thumbnailOf } from './helpers/thumbnails.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/kidney-ct/', import.meta.url));
const present = existsSync(folder);
if (!present)
  console.warn('SKIPPED: ../shared/data/kidney-ct is not here; scan recovery was not tried on real images.');

const truthSchema = z.object({
  file: z.string(),
  class: z.string(),
  series_group: z.string(),
  patient_block_guess: z.string(),
  orientation: z.enum(['axial', 'coronal']),
});

async function thumbnail(path: string): Promise<Float32Array> {
  const { data, info } = await sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
  return thumbnailOf(data, info.width, info.height);
}

describe.skipIf(!present)('real kidney CT images', () => {
  const truth = present
    ? parseCsv(readFileSync(`${folder}manifest.csv`, 'utf8'), 'manifest.csv', ['file'], truthSchema)
    : [];
  const thresholds = paramsSchema.parse({}).scans;
  const thumbnails: Float32Array[] = [];
  let answers: ScanAnswer[] = [];

  const recover = (sameScan: number): ScanAnswer[] =>
    recoverScans(
      truth.map((row, i) => ({
        image: row.file,
        file: row.file,
        class: row.class,
        plane: row.orientation,
        thumbnail: thumbnails[i] ?? new Float32Array(48 * 48),
      })),
      { ...thresholds, same_scan: sameScan },
    );

  beforeAll(async () => {
    for (const row of truth) thumbnails.push(await thumbnail(`${folder}${row.file}`));
    answers = recover(thresholds.same_scan);
  });

  it('recovers the series: adjusted Rand index at least 0.95 for thresholds 0.90 to 0.96', () => {
    const series = truth.map((row) => row.series_group);
    for (const sameScan of [0.9, 0.93, 0.96]) {
      const found = recover(sameScan).map(({ scan }) => scan);
      expect(adjustedRandIndex(found, series)).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('puts every presumed exam wholly inside one patient group', () => {
    const groups = new Map<string, Set<string>>();
    for (const [i, row] of truth.entries()) {
      const found = groups.get(row.patient_block_guess) ?? new Set();
      groups.set(row.patient_block_guess, found.add(answers[i]?.group ?? ''));
    }
    expect([...groups].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('keeps enough groups of each class apart to split them', () => {
    const count = (name: string): number =>
      new Set(answers.filter((_, i) => truth[i]?.class === name).map(({ group }) => group)).size;
    expect({ Cyst: count('Cyst'), Normal: count('Normal'), Tumor: count('Tumor') }).toEqual({
      Cyst: 3,
      Normal: 3,
      Tumor: 3,
    });
    expect(count('Stone')).toBeGreaterThanOrEqual(5);
  });

  it('never splits a presumed exam, over 20 seeds and both grouped strategies', () => {
    const rows = truth.map((row, i) => ({ image: row.file, class: row.class, group: answers[i]?.group ?? '' }));
    for (let seed = 1; seed <= 20; seed++) {
      for (const strategy of ['holdout', 'k-fold'] as const) {
        const split = splitByGroup(rows, paramsSchema.parse({ split: { strategy } }).split, seed);
        const partOf = new Map(split.map(({ image, part }) => [image, part]));
        const parts = Map.groupBy(truth, (row) => row.patient_block_guess);
        for (const [, members] of parts) expect(new Set(members.map(({ file }) => partOf.get(file))).size).toBe(1);
      }
    }
  });

  it('finds the leak of a random slice split and none of groups in a grouped one', () => {
    const rows = truth.map((row, i) => ({
      image: row.file,
      class: row.class,
      group: answers[i]?.group ?? '',
      pixel_hash: '',
    }));
    const byImage = new Map(truth.map((row, i) => [row.file, thumbnails[i] ?? new Float32Array(48 * 48)]));
    const options = { thumbnails: byImage, nearDuplicate: thresholds.near_duplicate };
    const split = (strategy: string) => splitByGroup(rows, paramsSchema.parse({ split: { strategy } }).split, 7);
    const leaky = checkSplit(rows, split('random-slices'), options);
    expect(leaky.sharedGroups.length).toBeGreaterThan(10);
    expect(leaky.nearDuplicates.length).toBeGreaterThan(100);
    const honest = checkSplit(rows, split('holdout'), options);
    expect(honest).toEqual({ sharedGroups: [], nearDuplicates: [], missing: [], surplus: [] });
  });
});
