import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { leakMeterSchema } from '../../src/pipeline/domain/leak-meter.ts';
import { metricsSchema } from '../../src/pipeline/domain/metrics.ts';
import { shortcutsSchema } from '../../src/pipeline/domain/shortcuts.ts';
import { type Validation, validationSchema } from '../../src/pipeline/domain/validation.ts';
import { brighten } from '../helpers/brighten.ts';
import { hasTensorflow, hilum, readJson, textOf } from '../helpers/cli.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { hilumIn, jsonOf, newFolder, readCsv, setParams, treeOf, writeCsv } from '../system/phantom-study.ts';

const quick = { size: '64', epochs: '6', patience: '0', resamples: '200', repeats: '2' };
let folder: string;
/** Ingested. */
let study: string;

async function studyOn(name: string, images: string): Promise<string> {
  await jsonOf(folder, 'init', name, '--source', images);
  const place = join(folder, name);
  await setParams(place, quick);
  await jsonOf(place, 'ingest');
  return place;
}

beforeAll(async () => {
  buildHilum();
  folder = newFolder('honesty');
  const counts = ['--scans', '6', '--slices', '4', '--size', '128', '--seed', '1'];
  await jsonOf(folder, 'phantom', 'images', ...counts);
  study = await studyOn('study', 'images');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const artifact = (name: string): string => join(study, 'artifacts', name);

describe.skipIf(!hasTensorflow)('hilum validate', { timeout: 120_000 }, () => {
  let first: Validation;

  it('cross-validates by patient group again and again, and keeps figures, predictions and seeds', async () => {
    const { code, stdout, stderr } = await hilumIn(study, 'validate', '--json');
    expect(code, stderr).toBe(0);
    first = validationSchema.parse(readJson(stdout));
    expect(first).toMatchObject({ preset: 'head', folds: 3, chance: 0.25, shuffled: null });
    expect(first.repeats.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(first.repeats.map(({ best_epochs }) => best_epochs.length)).toEqual([3, 3]);
    expect(first.pooled).toMatchObject({ protocol: 'cross-validated', part: 'out-of-fold', honesty: 'grouped' });
    expect(first.pooled.counts).toMatchObject({ images: 96, groups: 24 });
    expect(first.sentence).toMatch(
      /^2 times 3-fold cross-validation by patient group: balanced accuracy by scan 0\.\d\d,/,
    );

    expect(validationSchema.parse(readJson(textOf(artifact('validation.json'))))).toEqual(first);
    expect(await readCsv(artifact('validation-predictions.csv'))).toHaveLength(96);
    const repeats = await readCsv(artifact('validation-repeats.csv'));
    const foldsOfGroups = Map.groupBy(repeats, ({ repeat, group }) => `${repeat} ${group}`);
    expect(foldsOfGroups.size).toBe(2 * 24);
    for (const rows of foldsOfGroups.values()) expect(new Set(rows.map(({ fold }) => fold)).size).toBe(1);
  });

  it('stands among the runs with epochs of every fold, its figures and kept predictions', async () => {
    const shown = await jsonOf(study, 'runs', 'show', first.run);
    expect(shown).toMatchObject({ kind: 'validate', outcome: 'completed', leaky: false, split_hash: null });
    const { epochs, metrics } = z
      .object({
        epochs: z.array(z.object({ fold: z.int() })),
        metrics: z.record(z.string(), z.object({ value: z.number().nullable() })),
      })
      .parse(shown);
    expect([...new Set(epochs.map(({ fold }) => fold))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(metrics['scan/balanced_accuracy']?.value).toBe(first.pooled.scan.balanced_accuracy.value);
    const kept = join(study, '.hilum/runs', first.run);
    expect(metricsSchema.parse(readJson(textOf(join(kept, 'metrics.json'))))).toEqual(first.pooled);
    expect(textOf(join(kept, 'predictions.csv'))).toBe(textOf(artifact('validation-predictions.csv')));
    expect(await treeOf(kept, /^$/)).toHaveLength(2);
  });

  it('says the same again, and something else with other repeats', async () => {
    const again = validationSchema.parse(await jsonOf(study, 'validate'));
    expect({ ...again, run: '' }).toEqual({ ...first, run: '' });
    const fewer = validationSchema.parse(await jsonOf(study, 'validate', '--folds', '2', '--repeats', '1'));
    expect(fewer.folds).toBe(2);
    expect(fewer.repeats).toHaveLength(1);
    expect(fewer.spread.scan.balanced_accuracy).toMatchObject({ sd: null });
  });

  it('is at chance when patient groups swap labels, and leaves the artifacts alone', async () => {
    const before = textOf(artifact('validation.json'));
    const { code, stdout } = await hilumIn(study, 'validate', '--shuffle-labels', '--json');
    expect(code).toBe(0);
    const { shuffled, pooled, sentence, run } = validationSchema.parse(readJson(stdout));
    expect(shuffled?.verdict).not.toBe('above-chance');
    expect(pooled.scan.balanced_accuracy.low ?? 1).toBeLessThanOrEqual(0.25);
    expect(sentence).toMatch(/^With labels shuffled between patient groups, .* chance \(0\.25\)/);
    expect(textOf(artifact('validation.json'))).toBe(before);
    expect(await jsonOf(study, 'runs', 'show', run)).toMatchObject({
      name: 'validation, 2 x 3 folds, labels shuffled',
    });
  });

  it('Ctrl-C ends it with 130 and the run is recorded as cancelled; no checkpoint stays', async () => {
    let sent = false;
    const stopped = await hilum(['validate', '--repeats', '100'], {
      cwd: study,
      onStderr: (text, kill) => {
        if (sent || !text.includes('Cross-validating')) return;
        sent = true;
        kill('SIGINT');
      },
    });
    expect(stopped.code, stopped.stderr).toBe(130);
    const { runs } = z
      .object({ runs: z.array(z.object({ id: z.string(), kind: z.string(), outcome: z.string() })) })
      .parse(await jsonOf(study, 'runs', 'list', '--limit', '1'));
    expect(runs).toMatchObject([{ kind: 'validate', outcome: 'cancelled' }]);
    expect(await treeOf(join(study, '.hilum/runs'), /\.(json|csv)$/)).not.toContainEqual(
      expect.stringContaining('checkpoints'),
    );
  });
});

describe.skipIf(!hasTensorflow)('hilum audit leak', { timeout: 120_000 }, () => {
  it('scores model and memoriser on both splits and names the gap', async () => {
    await jsonOf(folder, 'phantom', 'long', '--scans', '3', '--slices', '12', '--size', '128', '--seed', '1');
    const place = await studyOn('long-study', 'long');
    // A head that can memorise, whatever the defaults are.
    await setParams(place, { size: '96', epochs: '30', l2: '0.01', features: '[block3, block5, top]' });
    const { code, stdout } = await hilumIn(place, 'audit', 'leak', '--json');
    expect(code).toBe(0);
    const meter = leakMeterSchema.parse(readJson(stdout));
    expect(meter.scores.map(({ scorer, split }) => `${scorer} ${split}`)).toEqual([
      'model random-slices',
      'model patient-groups',
      'memoriser random-slices',
      'memoriser patient-groups',
    ]);
    const [random = 0, grouped = 0, memorised = 0, understood = 0] = meter.scores.map(
      ({ balanced_accuracy }) => balanced_accuracy.value ?? 0,
    );
    expect(random - grouped).toBeGreaterThan(0.4);
    expect(memorised).toBeGreaterThan(0.95);
    expect(understood).toBeLessThan(0.5);
    expect(meter.sentence).toMatch(
      /^A random slice split says \d+ %, a split by patient \d+ %: \d+ points are memory of/,
    );
    expect(meter.split_sentence).toBe('There is no split yet.');
  });

  it('finds a planted leak in the split in use, names it, and exits 4', async () => {
    await jsonOf(study, 'split');
    expect((await hilumIn(study, 'audit', 'leak')).code).toBe(0);
    const rows = await readCsv(artifact('split.csv'));
    const moved = rows.find(({ part }) => part === 'test');
    await writeCsv(
      artifact('split.csv'),
      rows.map((row) => (row === moved ? { ...row, part: 'train' } : row)),
    );
    const group = (await readCsv(artifact('dataset/manifest.csv'))).find(({ image }) => image === moved?.image)?.group;
    const { code, stdout } = await hilumIn(study, 'audit', 'leak', '--json');
    expect(code).toBe(4);
    const { split, split_sentence } = leakMeterSchema.parse(readJson(stdout));
    expect(split).toMatchObject({ groups: 1, named_groups: [group] });
    expect(split_sentence).toContain(`1 patient group (${group})`);
    await writeCsv(artifact('split.csv'), rows);
  });
});

describe.skipIf(!hasTensorflow)('hilum audit shortcuts', { timeout: 120_000 }, () => {
  const brightnessOf = async (place: string) => {
    const audit = shortcutsSchema.parse(await jsonOf(place, 'audit', 'shortcuts'));
    expect(audit.controls.map(({ name }) => name)).toEqual(['file', 'brightness', 'border', 'no-kidneys']);
    return { audit, found: audit.controls.find(({ name }) => name === 'brightness') };
  };

  it('does not suspect the brightness of clean phantoms', async () => {
    const { found } = await brightnessOf(study);
    expect(found).toMatchObject({
      verdict: 'near-chance',
      sentence: expect.stringContaining('not told from guessing'),
    });
  });

  it('finds brightness that was planted by class', async () => {
    await cp(join(folder, 'images'), join(folder, 'planted'), { recursive: true });
    for (const [at, name] of ['Cyst', 'Normal', 'Stone', 'Tumor'].entries()) {
      await brighten(join(folder, 'planted', name), 0.7 + 0.2 * at);
    }
    const { found, audit } = await brightnessOf(await studyOn('planted-study', 'planted'));
    expect(found?.verdict).toBe('suspicious');
    expect(found?.balanced_accuracy.low ?? 0).toBeGreaterThan(0.4);
    expect(found?.sentence).toMatch(/^Brightness alone tells the class: balanced accuracy 0\.\d\d \[/);
    expect(audit.sentence).toContain('brightness');
  });
});

describe.skipIf(!hasTensorflow)('the locked test set', { timeout: 120_000 }, () => {
  const looksOf = async () =>
    z.object({ looks: z.array(z.looseObject({})) }).parse(await jsonOf(study, 'audit', 'looks')).looks;

  it('counts every evaluation, says so everywhere, and leaves the others alone', async () => {
    expect(await looksOf()).toEqual([]);
    for (const stage of ['split', 'prepare', 'train']) await jsonOf(study, stage);
    const first = metricsSchema.parse(await jsonOf(study, 'evaluate'));
    expect(first.test_set).toMatchObject({ opened_before: 0 });
    const second = metricsSchema.parse(await jsonOf(study, 'evaluate'));
    expect(second.test_set).toEqual({ ...first.test_set, opened_before: 1 });
    // The file is the same for the same inputs: it holds no count.
    const { opened_before: _count, ...set } = second.test_set ?? {};
    expect(metricsSchema.parse(readJson(textOf(artifact('metrics.json'))))).toEqual({ ...second, test_set: set });
    expect(textOf(artifact('report.html'))).toContain('opened once before this result');
    const looks = await looksOf();
    expect(looks).toMatchObject([
      { test_set: first.test_set?.hash, opened_before: 0 },
      { test_set: first.test_set?.hash, opened_before: 1 },
    ]);
    const shown = await hilumIn(study, 'runs', 'show', String(looks[1]?.run));
    expect(shown.stdout).toContain('opened once before this result');
    expect((await hilumIn(study, 'audit', 'looks')).stdout).toContain('2 looks at 1 test set');
  });

  it('does not count an evaluation that is refused', async () => {
    const rows = await readCsv(artifact('split.csv'));
    // The model has learned from them.
    await writeCsv(
      artifact('split.csv'),
      rows.map((row) => ({ ...row, part: row.part === 'test' ? 'train' : 'test' })),
    );
    expect((await hilumIn(study, 'evaluate')).code).toBe(4);
    await writeCsv(artifact('split.csv'), rows);
    expect(await looksOf()).toHaveLength(2);
    expect(metricsSchema.parse(await jsonOf(study, 'evaluate')).test_set?.opened_before).toBe(2);
  });

  it('is not opened by cross-validation', async () => {
    await setParams(study, { strategy: 'k-fold', folds: '2' });
    for (const stage of ['split', 'train']) await jsonOf(study, stage);
    expect(metricsSchema.parse(await jsonOf(study, 'evaluate')).test_set).toBeUndefined();
    expect(await looksOf()).toHaveLength(3);
  });
});
