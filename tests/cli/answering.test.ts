import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnsweringEvidence } from '../../src/pipeline/domain/calibration.ts';
import { greyPng } from '../helpers/grey-png.ts';
import { buildHilum, hilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

const figure = { value: 0.1, low: 0.05, high: 0.2 };
const reliability = { ece: figure, brier: figure, bins: [] };
const evidence: AnsweringEvidence = {
  images: 100,
  groups: 10,
  before: { ...reliability, ece: { value: 0.3, low: 0.2, high: 0.4 } },
  after: reliability,
  answering: {
    by: 'coverage',
    target: 0.6,
    reached: true,
    coverage: 0.6,
    accuracy: 0.8,
    curve: [
      { threshold: 0.99, coverage: 0.2, accuracy: 1, answered: 20 },
      { threshold: 0.3, coverage: 0.6, accuracy: 0.8, answered: 60 },
    ],
  },
  conformal: {
    error: 0.1,
    promised: true,
    // Never one class alone: every probability reaches 0.
    thresholds: [0, 0, 0],
    coverage: {
      overall: figure,
      by_class: [figure, figure, figure],
      groups_within: 9,
      groups: 10,
      mean_size: 3,
      single: 0,
      empty: 0,
    },
  },
  operating_points: [null, null, null],
};

let root: string;
beforeAll(async () => {
  buildHilum();
  root = await mkdtemp(join(tmpdir(), 'hilum-answering-'));
  await sealTinyModel(join(root, 'plain'));
  await sealTinyModel(join(root, 'sure'), { evidence: { ...evidence, conformal: null }, reviewBelow: 0.3 });
  await sealTinyModel(join(root, 'sets'), { evidence });
  await mkdir(join(root, 'scans'));
  for (let i = 0; i < 3; i++)
    await writeFile(join(root, 'scans', `${i}.png`), await greyPng(40, 40, (x, y) => (x * y + 40 * i) % 256));
});
afterAll(() => rm(root, { recursive: true }));

describe('models answering', () => {
  it('gives what another choice would mean, from the sealed curve', async () => {
    const words = ['models', 'answering', 'sure', '--by', 'accuracy', '--target', '0.9', '--json'];
    const { code, stdout } = await hilum(root, ...words);
    expect(code).toBe(0);
    const point = { target: 0.9, threshold: 0.99, coverage: 0.2, accuracy: 1, reached: true };
    expect(JSON.parse(stdout)).toMatchObject({
      by: 'accuracy',
      points: [point],
      sealed: { review_below: 0.3, coverage: 0.6 },
    });
    const table = await hilum(root, 'models', 'answering', 'sure');
    expect(table.stdout).toContain('not reached');
    expect(table.stdout).toContain('10 patient groups');
    expect(table.stdout).toContain('Research use only. Not for diagnosis.');
  });

  it('says that a model without held-out figures has no curve', async () => {
    const { code, stderr } = await hilum(root, 'models', 'answering', 'plain');
    expect(code).toBe(2);
    expect(stderr).toContain('model/no-curve');
  });
});

describe('models show', () => {
  it('prints temperature, thresholds and gate', async () => {
    const { stdout } = await hilum(root, 'models', 'show', 'sets');
    expect(stdout).toContain('(100 held-out images of 10 groups).');
    expect(stdout).toContain('Calibration error (ECE): 0.300 [0.200, 0.400] before, 0.100 [0.050, 0.200] after');
    expect(stdout).toContain('Conformal sets at 10.0 % error');
    expect(stdout).toContain('Out-of-distribution gate: none.');
    const value = JSON.parse((await hilum(root, 'models', 'show', 'sets', '--json')).stdout);
    expect(value).toMatchObject({ gate: null, calibration: { temperature: 1, evidence: { groups: 10 } } });
  });
});

describe('classify with thresholds of its own', () => {
  const classify = (model: string, ...more: string[]) =>
    hilum(root, 'classify', 'scans', '--model', model, '--records', 'records', ...more);
  const rowsOf = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8'));

  it('takes the threshold that a target picks, says so, and keeps it with the batch', async () => {
    const { code, stderr } = await classify('sure', '--coverage', '0.1', '--out', 'few.json');
    expect(code).toBe(0);
    expect(stderr).toContain('Threshold 0.9900: on held-out patient groups 20.0 % answered, 100.0 % of these right.');
    const few = await rowsOf('few.json');
    expect(few).toMatchObject({
      review_below: 0.99,
      answering: { by: 'coverage', target: 0.1 },
      counts: { review: 3 },
    });
    expect(few.rows[0]).toMatchObject({ state: 'review', code: 'image/low-probability', set: null });
    const all = await classify('sure', '--accuracy', '0.5', '--out', 'all.json', '--json');
    expect(JSON.parse(all.stdout)).toMatchObject({ counts: { answered: 3 }, review_codes: {} });
  });

  it('puts the conformal set beside each image', async () => {
    const { code, stdout } = await classify('sets', '--out', 'sets.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('image/unsure');
    const [header = '', first = ''] = (await readFile(join(root, 'sets.csv'), 'utf8')).split('\n');
    expect(header.split(',').at(-1)).toBe('set');
    expect(first).toContain('More than one class cannot be excluded');
    expect(first.trimEnd().endsWith(',Cyst; Normal; Stone')).toBe(true);
  });

  it('refuses two thresholds at once', async () => {
    const { code, stderr } = await classify('sure', '--coverage', '0.5', '--accuracy', '0.9', '--out', 'x.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('--coverage and --accuracy');
  });
});
