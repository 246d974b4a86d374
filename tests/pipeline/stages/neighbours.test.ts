import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvTable } from '../../../src/pipeline/disk/csv.ts';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { type ManifestRow, manifestColumns } from '../../../src/pipeline/domain/dataset.ts';
import { neighboursReportSchema } from '../../../src/pipeline/domain/explain.ts';
import { openImage, pixelHash } from '../../../src/pipeline/images/index.ts';
import type { StageContext } from '../../../src/pipeline/stages/context.ts';
import { neighbours } from '../../../src/pipeline/stages/neighbours.ts';
import { greyPng } from '../../helpers/grey-png.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

let root: string;
const manifest: ManifestRow[] = [];

/** Four scans of three slices; slices of a scan are nearly alike. Scans 1 and 2 are one patient. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-neighbours-'));
  const source = join(root, 'images');
  await mkdir(source, { recursive: true });
  for (let scan = 1; scan <= 4; scan++) {
    for (let slice = 1; slice <= 3; slice++) {
      const file = `scan ${scan} slice ${slice}.png`;
      const bytes = await greyPng(40, 40, (x, y) => (x * scan * 3 + y * (5 - scan) + slice) % 256);
      await writeFile(join(source, file), bytes);
      const image = await (await openImage(bytes, { name: file })).decode(0);
      manifest.push({
        file,
        image: file,
        sha256: sha256(bytes),
        pixel_hash: pixelHash(image),
        class: scan % 2 === 0 ? 'Cyst' : 'Stone',
        scan: `s${scan}`,
        group: scan <= 2 ? 'p1' : `p${scan}`,
        domain: 'display',
        plane: 'axial',
        width: 40,
        height: 40,
      });
    }
  }
  const artifacts = join(root, 'artifacts');
  await mkdir(join(artifacts, 'dataset'), { recursive: true });
  const rows = manifest.map((row) => manifestColumns.map((column) => row[column]));
  await writeFile(join(artifacts, 'dataset', 'manifest.csv'), csvTable(manifestColumns, rows));
  await writeFile(join(artifacts, 'dataset', 'source.json'), JSON.stringify({ source }));
  await sealTinyModel(join(artifacts, 'model'));
  await trainedOn(manifest);
});
afterAll(() => rm(root, { recursive: true, force: true }));

function trainedOn(rows: readonly ManifestRow[]): Promise<void> {
  const trained = rows.map(({ group, pixel_hash }) => ({ group, pixel_hash }));
  const record = { run: 'r', leaky: false, protocol: 'holdout', folds: 0, best_epoch: 1, epochs: 1, trained };
  return writeFile(join(root, 'artifacts', 'training.json'), JSON.stringify(record));
}

const context: StageContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  emit: async () => undefined,
  items: async function* () {
    yield [];
  },
};

async function nearest(paths: readonly string[]) {
  const input = {
    model: join(root, 'artifacts', 'model'),
    workspace: { root, artifacts: join(root, 'artifacts'), state: join(root, '.hilum') },
    training: join(root, 'artifacts', 'training.json'),
    files: paths.map((path) => ({ path, file: 'asked.png', frame: null })),
    extract: false,
    keep: false,
  };
  return neighboursReportSchema.parse(await neighbours.run(neighbours.input.parse(input), context));
}

describe('nearest training cases', () => {
  it('come from other scans and patients, one of each scan, with label and distance', async () => {
    const { images, compared } = await nearest([join(root, 'images', 'scan 1 slice 2.png')]);
    expect(compared).toEqual({ images: 12, groups: 3 });
    const [found] = images;
    expect(found?.ownScan).toBe('dataset');
    expect(found?.neighbours.map(({ scan }) => scan).sort()).toEqual(['s3', 's4']);
    for (const { class: name, scan } of found?.neighbours ?? []) expect(name).toBe(scan === 's4' ? 'Cyst' : 'Stone');
    const distances = found?.neighbours.map(({ distance }) => distance) ?? [];
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(await readdir(join(root, '.hilum', 'cache', 'features'))).toHaveLength(1);
  });

  it('of a picture that names no scan may be of its own, and that is said; a broken file is refused with its reason', async () => {
    const unknown = join(root, 'unknown.png');
    await writeFile(unknown, await greyPng(40, 40, (x, y) => (x * 9 + y * 2 + 2) % 251));
    const broken = join(root, 'broken.png');
    await writeFile(broken, 'no picture');
    const { images } = await nearest([unknown, broken]);
    expect(images[0]).toMatchObject({ ownScan: 'unknown', reason: null });
    expect(new Set(images[0]?.neighbours.map(({ scan }) => scan)).size).toBe(4);
    expect(images[1]?.neighbours).toEqual([]);
    expect(images[1]?.reason).toContain('none of PNG');
  });

  it('are only images that the model learned from and that the dataset still holds', async () => {
    await trainedOn(manifest.filter(({ scan }) => scan !== 's4'));
    const { images, compared } = await nearest([join(root, 'images', 'scan 1 slice 2.png')]);
    expect(compared).toEqual({ images: 9, groups: 2 });
    expect(images[0]?.neighbours.map(({ scan }) => scan)).toEqual(['s3']);
    await trainedOn([]);
    await expect(nearest([join(root, 'images', 'scan 1 slice 2.png')])).rejects.toMatchObject({
      code: 'explain/no-cases',
    });
    await trainedOn(manifest);
  });
});
