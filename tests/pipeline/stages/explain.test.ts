import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExplainReport, explainReportSchema } from '../../../src/pipeline/domain/explain.ts';
import { heatAt } from '../../../src/pipeline/domain/heat-map.ts';
import { notice } from '../../../src/pipeline/domain/outcome.ts';
import { failedParts, type Trust, trustSchema } from '../../../src/pipeline/domain/trust.ts';
import { trustFailure, trustLines } from '../../../src/pipeline/domain/trust-words.ts';
import { openSealedModel } from '../../../src/pipeline/network/index.ts';
import { lesionPicture } from '../../../src/pipeline/phantom/index.ts';
import type { StageContext } from '../../../src/pipeline/stages/context.ts';
import { explain } from '../../../src/pipeline/stages/explain.ts';
import { trustOf } from '../../../src/pipeline/stages/trust/trust-of.ts';
import { sealTinyModel } from '../../helpers/tiny-model.ts';

const demo = join(import.meta.dirname, '../../../resources/demo-model');
let folder: string;
let model: string;
let picture: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-explain-'));
  model = join(folder, 'model');
  await sealTinyModel(model);
  picture = join(folder, 'one.png');
  const { image } = lesionPicture(3, 'Cyst', 'display', 96);
  const grey = sharp(image.pixels, { raw: { width: 96, height: 96, channels: 1 } }).toColourspace('b-w');
  await writeFile(picture, await grey.png().toBuffer());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const context: StageContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  emit: async () => undefined,
  items: async function* () {
    yield [];
  },
};

const passed: Trust = {
  version: 1,
  pictures: 'synthetic',
  randomised: { pictures: 2, limit: 0.4, head: 0, steps: [{ down_to: 'conv', correlation: 0.1 }], passed: true },
  deletion: {
    pictures: 2,
    regions: 4,
    hot: 2,
    random: 1,
    difference: { value: 1, low: 0.5, high: 1.5 },
    passed: true,
  },
  lesions: { applicable: false, reason: 'not-known', pictures: 42, right: 3 },
  passed: true,
};
const failed: Trust = {
  ...passed,
  deletion: { ...passed.deletion, difference: { value: 0, low: -1, high: 1 }, passed: false },
  passed: false,
};

async function run(given: Partial<Parameters<typeof explain.run>[0]>): Promise<ExplainReport> {
  const input = {
    model,
    trust: passed,
    files: [{ path: picture, file: 'one.png', frame: null }],
    class: null,
    out: null,
    keep: false,
    ...given,
  };
  return explainReportSchema.parse(await explain.run(explain.input.parse(input), context));
}

describe('explain', () => {
  it('lays the map on the picture, writes it over the picture and says what it is', async () => {
    const out = join(folder, 'out');
    const { images, classes, trustFrom } = await run({ out });
    expect(trustFrom).toBe('recorded');
    const [image] = images;
    if (image?.state !== 'explained') throw new Error('expected a map');
    expect(image.class).toBe(image.predicted);
    expect(image.map.plane).toEqual({ left: 0, top: 0, width: 96, height: 96 });
    expect(Math.max(...image.map.values)).toBeLessThanOrEqual(1);
    expect(heatAt(image.map, 200, 10)).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['0001-one.png.png', 'explain.json']);
    const overlay = await readFile(join(out, '0001-one.png.png'));
    const { width, height, channels } = await sharp(overlay).metadata();
    expect({ width, height, channels }).toEqual({ width: 96, height: 96, channels: 3 });
    const written = JSON.parse(await readFile(join(out, 'explain.json'), 'utf8'));
    expect(written).toMatchObject({ notice, words: expect.stringContaining('never evidence'), classes });
  });

  it('explains the class that was asked for, and names the nearest one where there is none of that name', async () => {
    const [stone] = (await run({ class: 'Stone' })).images;
    expect(stone).toMatchObject({ state: 'explained', class: 2 });
    await expect(run({ class: 'Stome' })).rejects.toMatchObject({ code: 'usage/bad-option' });
  });

  it('makes no map for a refused image, and none at all for a model that failed', async () => {
    const broken = join(folder, 'broken.png');
    await writeFile(broken, 'no picture');
    const files = [
      { path: broken, file: 'broken.png', frame: null },
      { path: picture, file: 'one.png', frame: 3 },
      { path: picture, file: 'one.png', frame: 0 },
    ];
    const out = join(folder, 'withheld');
    const { images } = await run({ files, out, trust: failed });
    expect(images.map(({ state }) => state)).toEqual(['refused', 'refused', 'withheld']);
    expect(await readdir(out)).toEqual(['explain.json']);
    expect(JSON.stringify(images)).not.toContain('values');
  });
});

describe('trust test', () => {
  it('passes the demo model: its maps depend on its weights, matter to its answers and lie on planted lesions', async () => {
    const opened = await openSealedModel(demo);
    const trust = await trustOf(await opened.network(), opened.contract);
    expect(trustSchema.parse(trust)).toEqual(trust);
    expect(failedParts(trust)).toEqual([]);
    expect(trust).toMatchObject({ passed: true, pictures: 'synthetic', lesions: { applicable: true } });
    if (!trust.lesions.applicable) throw new Error('expected lesions');
    expect(trust.lesions.inside.value).toBeGreaterThan(trust.lesions.chance);
    expect(Math.max(...trust.randomised.steps.map(({ correlation }) => correlation))).toBeLessThan(0.4);
  });

  it('asks an untrained model nothing about lesions, gives the same figures twice, and says what failed', async () => {
    const opened = await openSealedModel(model);
    const network = await opened.network();
    const first = await trustOf(network, opened.contract);
    expect(await trustOf(network, opened.contract)).toEqual(first);
    expect(first.lesions).toMatchObject({ applicable: false, reason: 'not-known' });
    expect(trustLines(first).map(({ passed: each }) => each)[2]).toBeNull();
    expect(trustFailure(failed)).toContain('does not surely cost');
    expect(trustFailure(passed)).toBe('');
    expect(failedParts(failed)).toEqual(['deletion']);
  });
});
