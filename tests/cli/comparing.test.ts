import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { duelSchema } from '../../src/pipeline/domain/duel.ts';
import { hasTensorflow, hilum, readJson, textOf } from '../helpers/cli.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { readCsv } from '../system/phantom-study.ts';

const classes = ['Cyst', 'Normal', 'Stone', 'Tumor'];
const slices = 12;
const params = (dropout: number): string =>
  `image:\n  size: 96\nsplit:\n  strategy: k-fold\n  folds: 3\nhead:\n  dropout: ${dropout}\ntraining:\n  epochs: 3\nevaluation:\n  resamples: 100\nscans:\n  same_scan: 0.9\n`;

const duelOutput = z.object({ a: z.string(), b: z.string(), sentence: z.string(), duel: duelSchema });

/**
 * Every twentieth file goes to the folder of the next class: 5 % of the labels are wrong.
 * @returns the new names
 */
function plantWrongLabels(images: string): string[] {
  const files = classes.flatMap((name) => readdirSync(join(images, name)).map((file) => [name, file] as const));
  return files.flatMap(([name, file], index) => {
    if (index % 20 !== 5) return [];
    const other = classes[(classes.indexOf(name) + 1) % classes.length] ?? '';
    renameSync(join(images, name, file), join(images, other, file));
    return [`${other}/${file}`];
  });
}

describe.skipIf(!hasTensorflow)('comparing and cleaning from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilum-comparing-'));
  const study = join(folder, 'study');
  const run = (...words: string[]) => hilum(words, { cwd: study });
  let planted: string[] = [];
  const runs: string[] = [];

  beforeAll(async () => {
    buildHilum();
    const images = join(folder, 'images');
    await hilum(['phantom', images, '--scans', '4', '--slices', String(slices), '--size', '160']);
    planted = plantWrongLabels(images);
    await hilum(['init', study, '--source', images]);
    const config = textOf(join(study, 'config.yaml'));
    writeFileSync(join(study, 'config.yaml'), `${config}\ncard:\n  ethics: not needed, the images are synthetic\n`);
    for (const dropout of [0.2, 0.6]) {
      writeFileSync(join(study, 'params.yaml'), params(dropout));
      const made = await run('repro', '--json');
      expect(made.code, made.stderr).toBe(0);
      const [newest] = z.array(z.object({ id: z.string() })).parse(
        z
          .object({ runs: z.unknown() })
          .or(z.array(z.unknown()))
          .transform((value) => (Array.isArray(value) ? value : value.runs))
          .parse(readJson((await run('runs', 'list', '--kind', 'train', '--json')).stdout)),
      );
      runs.push(newest?.id ?? '');
    }
    return () => rmSync(folder, { recursive: true, force: true });
  }, 300_000);

  it('planted wrong labels lie in the first tenth of the suspect list', async () => {
    const found = await run('suspects', '--again', '--json', '--limit', '5');
    expect(found.code, found.stderr).toBe(0);
    expect(readJson(found.stdout)).toMatchObject({
      images: 192,
      from: 'cross-validation',
      repeats: 3,
      folds: expect.any(Number),
    });
    const ranked = (await readCsv(join(study, 'artifacts', 'suspects.csv'))).map(({ image }) => image ?? '');
    const ranks = planted.map((image) => ranked.indexOf(image) + 1);
    expect(planted).toHaveLength(10);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(Math.ceil(ranked.length / 10));
    // Cross-validated runs leave held-out answers: nothing is trained for them, and the same question is not asked twice.
    expect(readJson((await run('suspects', '--json')).stdout)).toMatchObject({ from: 'out-of-fold', repeats: 1 });
    expect((await run('suspects')).stderr).not.toContain('%');
  });

  it('duel says what differs and what does not, and refuses a run against itself', async () => {
    const [a = '', b = ''] = runs;
    const page = join(folder, 'duel.html');
    const fought = await run('duel', a, b, '--json', '--out', page);
    expect(fought.code, fought.stderr).toBe(0);
    const { duel, sentence } = duelOutput.parse(readJson(fought.stdout));
    expect(duel.compared.images).toBe(192);
    const { cases, both_right: right, both_wrong: wrong, fixed, broken } = duel.slice;
    expect(right + wrong + fixed.total + broken.total).toBe(cases);
    expect(readFileSync(page, 'utf8')).toContain(sentence.replaceAll('"', '&quot;'));
    expect((await run('duel', a, a)).stderr).toContain('(duel/itself)');
  });

  it('the gate answers check by check, and exits 4 when one fails', async () => {
    const [a = '', b = ''] = runs;
    const strict = await run('models', 'gate', b, '--against', a, '--margin', '0', '--json');
    const checks = z.object({
      passed: z.boolean(),
      checks: z.array(z.object({ check: z.string(), passed: z.boolean(), reason: z.string() })),
    });
    const result = checks.parse(readJson(strict.stdout));
    const names = ['whole', 'honest', 'self_test', 'calibrated', 'trust', 'sensitivity', 'duel', 'signature'];
    expect(result.checks.map(({ check }) => check)).toEqual(names);
    expect(result.checks.find(({ check }) => check === 'whole')?.passed).toBe(true);
    expect(strict.code).toBe(result.passed ? 0 : 4);
    const same = await run('models', 'gate', a, '--against', a);
    expect(same.code).toBe(4);
    expect(same.stdout).toMatch(/FAIL +duel +Both sides are the same/);
  });

  it('the card is filled from the run, and lists what is missing', async () => {
    const page = join(folder, 'card.html');
    const card = await run('models', 'card', 'artifacts/model', '--json', '--html', page);
    expect(card.code, card.stderr).toBe(0);
    const items = z
      .object({ items: z.array(z.object({ id: z.string(), state: z.string(), text: z.string() })) })
      .parse(readJson(card.stdout)).items;
    const text = (id: string) => items.find((each) => each.id === id);
    expect(text('CLAIM 25')?.text).toMatch(/^Preset head; 3 epochs/);
    expect(text('CLAIM 32')?.text).toContain('out-of-fold, 192 images');
    expect(text('TRIPOD 17')).toMatchObject({ state: 'filled', text: 'not needed, the images are synthetic' });
    expect(text('CLAIM 14')?.state).toBe('missing');
    expect(textOf(page)).toContain('Research use only. Not for diagnosis.');
    expect(textOf(join(study, 'artifacts/model/card.md'))).toContain('CLAIM 14 reference standard');
  });
});
