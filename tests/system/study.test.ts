import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { sha256File } from '../../src/pipeline/disk/hash.ts';
import { metricsSchema } from '../../src/pipeline/domain/metrics.ts';
import { paramsSchema } from '../../src/pipeline/domain/params.ts';
import { computeMetrics } from '../../src/pipeline/metrics/index.ts';
import { parsePredictions } from '../../src/pipeline/stages/prediction-table.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { hilumIn, jsonOf, makeStudy, newFolder, readCsv, writeCsv } from './phantom-study.ts';

const epochs = 6;
let folder: string;
/** A workspace in which every stage has run. */
let study: string;
const made: Record<string, Record<string, unknown>> = {};

beforeAll(async () => {
  buildHilum();
  folder = newFolder('study');
  study = await makeStudy(folder, { epochs });
  await copyFile(join(folder, 'images/Cyst/Cyst- (1).jpg'), join(folder, 'images/Cyst/copy.jpg'));
  await writeFile(join(folder, 'images/Stone/broken.png'), 'no picture');
  await writeFile(join(folder, 'images/Tumor/empty.jpg'), '');
  const ingest = await hilumIn(study, 'ingest', '--json');
  expect(ingest.code).toBe(3);
  made.ingest = JSON.parse(ingest.stdout);
  for (const stage of ['split', 'prepare', 'train', 'evaluate']) made[stage] = await jsonOf(study, stage);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const artifact = (name: string, of = study): string => join(of, 'artifacts', name);

/** A copy of the whole workspace beside it, for tests that change something. */
async function copied(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(study, copy, { recursive: true });
  return copy;
}

describe('ingest', () => {
  it('accounts for every file: found = accepted + duplicates + refused', async () => {
    expect(made.ingest).toMatchObject({ found: 131, accepted: 128, duplicates: 1, refused: 2, changed: 131 });
    expect(await readCsv(artifact('dataset/manifest.csv'))).toHaveLength(128);
    // Which of the two equal files is the copy is decided by their names.
    expect(await readCsv(artifact('dataset/duplicates.csv'))).toHaveLength(1);
    const refused = await readCsv(artifact('dataset/refused.csv'));
    expect(refused.map(({ file, code }) => [file, code])).toEqual([
      ['Stone/broken.png', 'image/unknown-format'],
      ['Tumor/empty.jpg', 'image/empty'],
    ]);
  });

  it('says 0 changed the second time, and --allow-refused ends with 0', async () => {
    const again = await jsonOf(study, 'ingest', '--allow-refused');
    expect(again).toEqual({ ...made.ingest, changed: 0 });
  });

  it('finds every scan and every patient of the phantom', async () => {
    expect(made.ingest).toMatchObject({ images: 128, groups: 16 });
    const truth = new Map((await readCsv(join(folder, 'images.truth.csv'))).map((row) => [row.file, row]));
    const rows = await readCsv(artifact('dataset/manifest.csv'));
    const groups = Map.groupBy(rows, (row) => row.group);
    for (const [, members] of groups) {
      expect(new Set(members.map(({ image = '' }) => truth.get(image)?.group)).size).toBe(1);
    }
  });

  it('keeps a hand edit of manifest.csv when a file is added', async () => {
    const copy = await copied('edited');
    const path = artifact('dataset/manifest.csv', copy);
    const rows = await readCsv(path);
    const [first] = rows;
    const inScan = new Set(rows.filter(({ scan }) => scan === first?.scan).map(({ image }) => image));
    await writeCsv(
      path,
      rows.map((row) => (inScan.has(row.image) ? { ...row, group: 'one-person' } : row)),
    );
    await jsonOf(folder, 'phantom', 'more', '--scans', '1', '--slices', '2', '--size', '128', '--seed', '99');
    await copyFile(join(folder, 'more/Normal/Normal- (1).jpg'), join(folder, 'images/Normal/added.jpg'));
    try {
      const summary = await jsonOf(copy, 'ingest', '--allow-refused');
      expect(summary).toMatchObject({ found: 132, accepted: 129, changed: 1 });
      const after = await readCsv(path);
      expect(after).toHaveLength(129);
      const edited = after.filter(({ group }) => group === 'one-person').map(({ image }) => image);
      expect(new Set(edited)).toEqual(inScan);
    } finally {
      await rm(join(folder, 'images/Normal/added.jpg'));
    }
  });
});

describe('split', () => {
  it('is byte-equal the second time, holds no leak and puts each class into each part', async () => {
    const before = await readFile(artifact('split.csv'));
    await jsonOf(study, 'split');
    expect(await readFile(artifact('split.csv'))).toEqual(before);
    const { code, stdout } = await hilumIn(study, 'split', '--check', '--json');
    expect(code).toBe(0);
    const { leak, parts } = JSON.parse(stdout);
    expect(leak).toEqual({ groups: 0, images: 0, examples: [] });
    for (const part of ['train', 'validation', 'test']) {
      expect(Object.keys(parts[part].classes).sort()).toEqual(['Cyst', 'Normal', 'Stone', 'Tumor']);
    }
  });

  it('a planted leak is found, refuses training, and with --allow-leak stamps everything that follows', async () => {
    const copy = await copied('leaky');
    const rows = await readCsv(artifact('split.csv', copy));
    const moved = rows.findIndex(({ part }) => part === 'test');
    await writeCsv(
      artifact('split.csv', copy),
      rows.map((row, index) => (index === moved ? { ...row, part: 'train' } : row)),
    );
    const check = await hilumIn(copy, 'split', '--check');
    expect(check.code).toBe(4);
    expect(check.stdout).toContain('LEAK: 1 patient groups');
    const refused = await hilumIn(copy, 'train');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('split/leak-refused');
    await rm(artifact('model', copy), { recursive: true });

    const run = await jsonOf(copy, 'train', '--allow-leak');
    expect(run).toMatchObject({ leaky: true });
    expect(await jsonOf(copy, 'evaluate')).toMatchObject({ honesty: 'leaky' });
    expect(JSON.parse(await readFile(artifact('metrics.json', copy), 'utf8')).honesty).toBe('leaky');
    expect(JSON.parse(await readFile(artifact('model/card.json', copy), 'utf8')).honesty).toBe('leaky');
    expect(await readFile(artifact('model/card.md', copy), 'utf8')).toMatch(/leak/i);
    expect(await readFile(artifact('report.html', copy), 'utf8')).toMatch(/leak/i);
    expect((await hilumIn(copy, 'runs', 'list')).stdout).toContain('LEAKY');
    expect(await jsonOf(copy, 'runs', 'show', String(run.run))).toMatchObject({ leaky: true });
  });
});

describe('prepare', () => {
  it('prints how many parameters are frozen and how many are trained', async () => {
    const { dimensions, frozen_parameters, trainable_parameters } = made.prepare ?? {};
    expect(Number(frozen_parameters)).toBeGreaterThan(100_000);
    expect(trainable_parameters).toBe(Number(dimensions) * 4 + 4);
    const { stdout } = await hilumIn(study, 'prepare');
    expect(stdout).toMatch(/Parameters: [\d,]+ frozen, [\d,]+ trainable\./);
  });
});

describe('train', () => {
  it('[F repro] [C7] twice gives byte-equal weights, also when nothing is cached', async () => {
    const before = await readFile(artifact('model/weights.bin'));
    const onnx = await readFile(artifact('model/model.onnx'));
    const copy = await copied('again');
    await rm(join(copy, '.hilum/cache'), { recursive: true });
    await rm(artifact('', copy), { recursive: true });
    await rm(join(copy, '.dvc/cache'), { recursive: true });
    expect((await hilumIn(copy, 'repro')).code).toBe(0);
    expect(await readFile(artifact('model/weights.bin', copy))).toEqual(before);
    expect(await readFile(artifact('model/model.onnx', copy))).toEqual(onnx);
    expect(await readFile(artifact('predictions.csv', copy))).toEqual(await readFile(artifact('predictions.csv')));
    // Every output of every stage, the sealed model with its card too.
    expect(await readFile(join(copy, 'dvc.lock'), 'utf8')).toBe(await readFile(join(study, 'dvc.lock'), 'utf8'));
  });

  it('records every epoch once, what it was made of, and where its files are', async () => {
    const records = openRecords(join(study, '.hilum/hilum.db'));
    try {
      const run = records.runs.get(String(made.train?.run));
      expect(run).toMatchObject({ kind: 'train', outcome: 'completed', leaky: false });
      expect(run.datasetHash).toBe(await sha256File(artifact('dataset/manifest.csv')));
      expect(run.splitHash).toBe(await sha256File(artifact('split.csv')));
      expect([run.contractHash, run.backboneHash]).toEqual([made.prepare?.contract_hash, made.prepare?.backbone_hash]);
      expect(records.epochs.list(run.id).map(({ metrics }) => metrics.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
      const paths = records.artefacts.list(run.id).map(({ path }) => path);
      expect(paths).toContain('artifacts/model/weights.bin');
      expect(records.audit.verify()).toMatchObject({ ok: true });
    } finally {
      records.close();
    }
  });
});

describe('evaluate', () => {
  it('writes metrics that follow from predictions.csv, image by image', async () => {
    const metrics = metricsSchema.parse(JSON.parse(await readFile(artifact('metrics.json'), 'utf8')));
    const classes = ['Cyst', 'Normal', 'Stone', 'Tumor'];
    const predictions = parsePredictions(
      await readFile(artifact('predictions.csv'), 'utf8'),
      'predictions.csv',
      classes,
    );
    const { evaluation, seed } = paramsSchema.parse({ evaluation: { resamples: 200 } });
    const again = computeMetrics(predictions, classes, {
      part: 'test',
      honesty: 'grouped',
      protocol: 'holdout',
      resamples: evaluation.resamples,
      seed,
      scanVote: evaluation.scan_vote,
    });
    const { test_set, ...figures } = metrics;
    expect(again).toEqual(figures);
    expect(test_set).toMatchObject({ images: metrics.counts.images });
    const split = await readCsv(artifact('split.csv'));
    const held = split.filter(({ part }) => part === 'test').map(({ image }) => image);
    expect(new Set(predictions.map(({ image }) => image))).toEqual(new Set(held));
    expect(metrics.counts.images).toBe(held.length);
  });

  it('draws plots as SVG, and a report without outside addresses', async () => {
    const plots = await readdir(artifact('plots'));
    expect(plots.length).toBeGreaterThanOrEqual(4);
    for (const name of plots) {
      const svg = await readFile(artifact(`plots/${name}`), 'utf8');
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
      expect(svg).not.toMatch(/<script|href="http/);
    }
    const report = await readFile(artifact('report.html'), 'utf8');
    expect(report).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(report).toContain('Research use only. Not for diagnosis.');
  });
});

describe('evaluate after the split was changed', () => {
  it('refuses patients that the model was trained on', async () => {
    const copy = await copied('overlap');
    const manifest = await readCsv(artifact('dataset/manifest.csv', copy));
    const rows = await readCsv(artifact('split.csv', copy));
    const image = rows.find(({ part }) => part === 'train')?.image;
    const group = manifest.find((row) => row.image === image)?.group;
    const moved = new Set(manifest.filter((row) => row.group === group).map((row) => row.image));
    await writeCsv(
      artifact('split.csv', copy),
      rows.map((row) => (moved.has(row.image ?? '') ? { ...row, part: 'test' } : row)),
    );
    expect((await hilumIn(copy, 'split', '--check')).code).toBe(0);
    const { code, stderr } = await hilumIn(copy, 'evaluate');
    expect(code).toBe(4);
    expect(stderr).toContain('evaluation/overlap');
  });
});

describe('classify', () => {
  it('answers every image with the model that was just trained', async () => {
    const { code, stdout } = await hilumIn(study, 'classify', '../images', '--out', 'ledger.csv', '--json');
    expect(code).toBe(3);
    const { counts } = JSON.parse(stdout);
    expect(counts.files).toBe(131);
    const rows = await readCsv(join(study, 'ledger.csv'));
    expect(rows.filter(({ state }) => state === 'refused')).toHaveLength(2);
    expect(new Set(rows.map(({ file }) => file)).size).toBe(131);
  });
});
